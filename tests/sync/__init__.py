"""What sync/ promises."""

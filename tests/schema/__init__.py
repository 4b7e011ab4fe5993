"""What schema/ promises."""

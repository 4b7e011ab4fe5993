"""Reading conclusion sentences."""

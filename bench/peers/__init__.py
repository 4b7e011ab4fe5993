"""Small Textual programs to measure ours against."""

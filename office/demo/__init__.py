"""A sample office to try the program on: its units, invented persons, a year of meetings."""

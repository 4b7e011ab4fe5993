"""The launchers, the pinned packages, the words and what a start may import."""

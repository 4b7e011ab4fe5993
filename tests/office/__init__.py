"""Promises of the office's rules."""

"""Promises of the deadline grammar."""

"""Benchmarks in a real pseudo-terminal, against programs that people know: ``python -m bench``."""

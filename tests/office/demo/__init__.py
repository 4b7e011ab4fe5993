"""Tests of the sample office."""

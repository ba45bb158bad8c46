"""Benchmarks: what design section 9 promises, measured."""

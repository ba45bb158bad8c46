"""Benchmarks for the targets in docs/performance.md."""

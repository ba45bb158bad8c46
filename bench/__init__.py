"""Benchmarks: the targets of docs/performance.md, measured."""

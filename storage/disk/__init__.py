"""Whole files, locks, and where things lie."""

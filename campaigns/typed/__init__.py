"""Reads dates, times and figures as officers type them."""

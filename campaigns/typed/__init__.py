"""Dates, times and figures as officers type them."""

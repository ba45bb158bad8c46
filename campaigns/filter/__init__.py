"""Reads what is typed in the filter, and finds the units and items that match."""

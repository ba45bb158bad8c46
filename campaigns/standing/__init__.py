"""Joins items with entries at an instant, as a Board or a Matrix: the only place that judges."""

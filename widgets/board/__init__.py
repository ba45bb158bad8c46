"""View 2: units × occurrences."""

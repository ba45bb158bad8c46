"""From a Campaign to its occurrences and items, and what only the calendar can refuse."""

"""`status` in figures, from a board or from the roll-up."""

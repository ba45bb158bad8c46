"""The figures that `status` shows, from a board or from the roll-up."""

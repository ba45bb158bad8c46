"""Results kept for the next command, which may be deleted: parsed definitions, the roll-up."""

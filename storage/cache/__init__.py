"""Results a login keeps for its next command: parsed definitions, the roll-up."""

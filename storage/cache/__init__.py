"""What was worked out before and can be thrown away: compiled definitions, roll-up."""

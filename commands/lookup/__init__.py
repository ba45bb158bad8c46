"""Which campaign, store, clock, unit and item the arguments mean."""

"""Finding the campaign, store, clock, units and items that the arguments name."""

"""What commands and screens work with: a campaign, its store, a clock and a person."""

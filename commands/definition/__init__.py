"""`check --against-data`, taking up a definition, the demo's sample progress."""

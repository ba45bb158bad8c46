"""`check --against-data`, and the demo's sample progress."""

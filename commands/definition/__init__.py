"""`check --against-data`, a definition newly in force, and the demo's sample progress."""

"""`log --verify` and `log --anchor`."""

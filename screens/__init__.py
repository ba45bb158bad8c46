"""One screen or modal per file, with its .tcss. They are given the store."""

"""The terminal at the other end of the line: what it sends, and how a session on it ends."""

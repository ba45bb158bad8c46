"""Keys: how they are bound, what they are called, and the line that names them."""

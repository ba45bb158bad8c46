"""Things on a screen. They know campaigns/, never a store."""

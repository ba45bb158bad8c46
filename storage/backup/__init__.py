"""One file out, one folder in."""

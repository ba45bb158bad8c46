"""stdout, stderr, files; tables, JSON, CSV."""

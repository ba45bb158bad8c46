"""Modal screens, one a file, and their style sheet."""

"""A login's own files: settings.toml, and what the last session left."""

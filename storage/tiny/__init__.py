"""The ProgressStore on TinyDB."""

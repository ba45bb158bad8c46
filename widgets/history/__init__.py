"""View 6: what was recorded, newest first."""

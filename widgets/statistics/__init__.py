"""View 5: progress, what came in by day, figures."""

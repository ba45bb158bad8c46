"""Writing to stdout, stderr and files: tables, JSON, CSV."""

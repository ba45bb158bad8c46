"""What `doctor` finds out about terminal, locale and packages."""

"""What `doctor` checks about the terminal, the locale and the packages."""

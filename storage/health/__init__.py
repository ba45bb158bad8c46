"""What `doctor` finds in a data folder."""

"""Files replaced in one step, locks between sessions, and where the files are."""

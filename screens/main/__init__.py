"""The main screen: frame, keys, search, following."""

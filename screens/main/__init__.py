"""The main screen and the parts it is composed of."""

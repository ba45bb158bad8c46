"""Where progress lives: the ProgressStore protocol and its TinyDB implementation."""

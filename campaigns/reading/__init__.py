"""A campaign file becomes a Campaign; every problem is told with its place."""

"""Reads a campaign file as a Campaign, or reports each problem with its position."""

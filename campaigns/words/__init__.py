"""The words for items, entries, events, units and changed definitions."""

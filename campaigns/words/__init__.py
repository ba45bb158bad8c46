"""How an item, an event, a unit and a changed definition are said."""

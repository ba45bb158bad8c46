"""Items, entries and now become a Board and a Matrix: the one judge, the one sum."""

"""Texts and tables to hand to people, as pure functions of the matrix."""

"""View 4: who owes what, worst first."""

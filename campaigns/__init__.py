"""The model of a campaign: its definition, who owes what by when, and how far it is. Pure."""

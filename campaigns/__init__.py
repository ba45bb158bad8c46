"""What a campaign is: its definition, who owes what by when, and how it stands. Pure."""

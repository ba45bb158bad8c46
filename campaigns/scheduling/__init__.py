"""Computes the occurrences and items of a campaign, and what is wrong with its dates."""

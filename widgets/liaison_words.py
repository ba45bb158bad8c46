"""Whom to call in a unit, as far as its roster says."""

from __future__ import annotations

from campaigns.definition import Unit


def liaison_words(unit: Unit) -> str:
    """The liaison officer's name and telephone; empty where neither is known."""
    liaison = unit.liaison
    words = (liaison.name, liaison.mobile or liaison.office_phone)
    return " ".join(word for word in words if word)

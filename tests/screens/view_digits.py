"""The digit of a view, by its name in the source."""

from __future__ import annotations

from screens.views import VIEWS


def digit_of(name: str) -> str:
    """The digit under which a view is opened; the first view is the checklist."""
    return str([kind.name for kind in VIEWS].index(name) + 2)

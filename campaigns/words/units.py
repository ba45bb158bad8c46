"""Units whose records cannot be read: what is shown or written without them has to say so."""

from __future__ import annotations

from campaigns.standing.matrix import Matrix
from i18n.catalogue import Translator


def unreadable(matrix: Matrix) -> list[str]:
    """The names of the units of a matrix that could not be read, in its order."""
    return [row.unit.name for row in matrix.rows if row.fault is not None]


def not_included(units: str, tr: Translator) -> str:
    """The sentence that names them, so that nobody takes the rest for the whole."""
    return tr("Not included, for their records cannot be read: {units}.", units=units)

"""Sentences that name units: those that left the roster, and those that cannot be read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaigns.standing.matrix import Matrix
    from i18n.catalogue import Translator

MOST_NAMES = 5


def first_names(names: Sequence[str], tr: Translator, *, most: int = MOST_NAMES) -> str:
    """The first names, and how many more there are: `North, South and 3 more`."""
    shown, rest = tr(", ").join(names[:most]), len(names) - most
    return tr("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown


def left_words(units: Sequence[str], tr: Translator) -> str:
    """The sentence on units, by id, that left the roster; empty if there are none."""
    if not units:
        return ""
    return tr.count(
        "{n} unit is no longer in the roster; its answers are kept: {units}",
        "{n} units are no longer in the roster; their answers are kept: {units}",
        len(units),
        units=first_names(units, tr),
    )


def unreadable(matrix: Matrix) -> list[str]:
    """The names of the units of a matrix whose records cannot be read."""
    return [row.unit.name for row in matrix.rows if row.fault is not None]


def not_included(units: str, tr: Translator) -> str:
    """The sentence that names them, so that nobody takes the rest for the whole."""
    return tr("Not included, for their records cannot be read: {units}.", units=units)

"""A list of names that is no longer than its line: the first ones, and how many more there are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Sequence

    from i18n.catalogue import Translator

MOST_NAMES = 5


def few(names: Sequence[str], tr: Translator, *, most: int = MOST_NAMES) -> str:
    """The first names, and the number of those left out."""
    shown, rest = tr(", ").join(names[:most]), len(names) - most
    return tr("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown

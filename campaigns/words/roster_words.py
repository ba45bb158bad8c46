"""What is said of units that left the roster: they are no longer in the definition."""

from __future__ import annotations

from campaigns.words.few import few

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Sequence

    from i18n.catalogue import Translator


def left_words(units: Sequence[str], tr: Translator) -> str:
    """The sentence on these units, by their ids; nothing where there are none."""
    if not units:
        return ""
    return tr.count(
        "{n} unit is no longer in the roster; its answers are kept: {units}",
        "{n} units are no longer in the roster; their answers are kept: {units}",
        len(units),
        units=few(units, tr),
    )

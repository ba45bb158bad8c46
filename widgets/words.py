"""A few words that several views and the main screen say."""

from __future__ import annotations

from campaigns.definition import Unit
from campaigns.standing.board import UnitBoard
from campaigns.totals import Totals
from i18n.catalogue import Translator


def liaison_words(unit: Unit) -> str:
    """Whom to call in a unit: the liaison officer's name and telephone, as far as known."""
    liaison = unit.liaison
    words = (liaison.name, liaison.mobile or liaison.office_phone)
    return " ".join(word for word in words if word)


def totals_words(tr: Translator, totals: Totals) -> str:
    """How much is done, overdue and due soon."""
    return tr(
        "{percent} done  overdue {overdue}  due soon {soon}",
        percent=totals.percent_text,
        overdue=totals.overdue,
        soon=totals.due_soon,
    )


def unit_words(tr: Translator, board: UnitBoard) -> str:
    """The totals of a unit, and how many of its answers belong to no item any more."""
    if board.fault is not None:
        return tr("unreadable")
    words = totals_words(tr, board.totals)
    if not board.orphans:
        return words
    return tr("{totals}  orphans {n}", totals=words, n=len(board.orphans))

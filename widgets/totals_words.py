"""Totals in a few words, for the heads of a screen and of a pane."""

from __future__ import annotations

from campaigns.standing.board import UnitBoard
from campaigns.totals import Totals
from i18n.catalogue import Translator


def totals_words(tr: Translator, totals: Totals) -> str:
    """How far, how much is late, how much is about to be."""
    percent = "-" if totals.percent is None else f"{totals.percent:.1f}%"
    return tr(
        "{percent} done  overdue {overdue}  due soon {soon}",
        percent=percent,
        overdue=totals.overdue,
        soon=totals.due_soon,
    )


def unit_words(tr: Translator, board: UnitBoard) -> str:
    """A unit's totals at the head of its checklist, and how many answers have lost their item."""
    if board.fault is not None:
        return tr("unreadable")
    words = totals_words(tr, board.totals)
    if not board.orphans:
        return words
    return tr("{totals}  orphans {n}", totals=words, n=len(board.orphans))

"""A few words that several views and the main screen say."""

from __future__ import annotations

from datetime import datetime

from campaigns.definition import Unit
from campaigns.standing.board import UnitBoard
from campaigns.terms import weekday_name
from campaigns.totals import Totals
from i18n.catalogue import Translator
from i18n.messages import Message
from widgets.look import Look


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


def date_words(look: Look, now: datetime, *, past: bool, definition: Message | None = None) -> str:
    """The date in the campaign, marked if it is the past, where nothing can be changed.

    `definition` says which definition applies, if that is not obvious.
    """
    local = now.astimezone(look.zone)
    if past:
        time = f"{local:%Y-%m-%d %H:%M}"
        if definition is None:
            return look.tr("as of {time}, read-only", time=time)
        return look.tr("as of {time}, {definition}, read-only", time=time, definition=definition)
    weekday = look.tr.render(weekday_name(local))
    return f"{local:%Y-%m-%d} {weekday}"

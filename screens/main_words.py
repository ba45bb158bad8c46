"""The sentences of the main view: its heads, and what is said after a change."""

from __future__ import annotations

from datetime import datetime

from campaigns.board import Line, UnitBoard
from campaigns.definition import Unit
from campaigns.totals import Totals
from campaigns.wording import state_name, weekday_name
from i18n.catalogue import Translator
from i18n.messages import Message, msg
from widgets.look import Look


def date_words(look: Look, now: datetime, *, past: bool) -> str:
    """The campaign's date; the past says so, for nothing can be changed in it."""
    local = now.astimezone(look.zone)
    if past:
        return look.tr("as of {time}, read-only", time=local.strftime("%Y-%m-%d %H:%M"))
    weekday = look.tr.render(weekday_name(local))
    return f"{local:%Y-%m-%d} {weekday}"


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


def recorded(look: Look, unit: Unit, line: Line | None, item: str) -> str:
    """What was recorded for an item of a unit."""
    if line is None:
        return look.tr("Recorded: {unit} {item}", unit=unit.name, item=item)
    return look.tr(
        "Recorded: {unit}, {title}: {state}",
        unit=unit.name,
        title=line.item.title,
        state=state_of(line),
    )


def state_of(line: Line) -> Message:
    """The state as it is said after a change."""
    if line.entry.nil_report:
        return msg("nil report")
    return state_name(line.entry.state)

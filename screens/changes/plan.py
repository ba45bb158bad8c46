"""Tries changes to many items without making them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError, UsageError
from campaigns.standing.board import Line
from campaigns.transitions import apply_change
from i18n.messages import Message, msg
from screens.changes.request import ChangeRequest
from screens.changes.session_changes import Wanted


class Planned(Struct, frozen=True):
    """One item of a plan: the entry it would get, or why the change is refused.

    Both are None if the item already is as requested.
    """

    unit: Unit
    line: Line
    change: Change
    after: Entry | None = None
    refusal: Message | None = None


def plan(
    items: Iterable[tuple[Unit, Line]], request: ChangeRequest, *, by: str, at: datetime
) -> tuple[Planned, ...]:
    """Try a change on many items, by the same rules as the store."""
    return tuple(_planned(unit, line, request, by, at) for unit, line in items)


def by_unit(planned: Sequence[Planned]) -> list[tuple[Unit, list[Wanted]]]:
    """The changes to write, by unit, without those that change nothing."""
    changing = sorted(
        (one for one in planned if one.after is not None), key=lambda one: one.unit.id
    )
    return [
        (group[0].unit, [(one.line, one.change) for one in group])
        for group in (list(ones) for _, ones in groupby(changing, key=lambda one: one.unit.id))
    ]


def _planned(unit: Unit, line: Line, request: ChangeRequest, by: str, at: datetime) -> Planned:
    change = request.of(line, expected_rev=line.entry.rev)
    try:
        if request.nil_report and not line.item.activity.nil_ok:
            raise UsageError(msg("a nil report is not accepted here"))
        after = apply_change(line.entry, change, by=by, at=at)
    except DubanError as error:
        return Planned(unit, line, change, refusal=error.message)
    return Planned(unit, line, change, after=None if after is line.entry else after)

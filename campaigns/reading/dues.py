"""Reads `due` in all its forms (docs/campaign-format.md, "due")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Final, Literal, NamedTuple

from campaigns.definition import (
    END_OF_DAY,
    Asap,
    By,
    Due,
    EventStep,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
)
from campaigns.reading.fields import (
    Fields,
    backwards,
    boolean_of,
    date_of,
    duration_of,
    id_of,
    integer_from,
    line_of,
    moment_of,
    nodes_of,
    table_of,
    time_of,
)
from campaigns.reading.nodes import Node, Scalar, Table
from campaigns.reading.problems import Problems
from campaigns.reading.recurrences import bounds_of, every_of
from i18n.messages import msg

MOST_WORKDAYS: Final = 1_000
"""The most working days to count, since they are counted one by one."""


class _Form(NamedTuple):
    keys: tuple[str, ...]
    read: Callable[[Fields, Period | None], Due | None]


def due_of(node: Node, period: Period | None, problems: Problems) -> Due | None:
    """The due of an activity. None, with problems noted, if it is not valid.

    `period` is that of the campaign. If it could not be read, a due that depends on it is None
    without a further problem.
    """
    before = len(problems)
    if isinstance(node, Scalar):
        moment = moment_of(node, problems)
        return None if moment is None else By(moment.day, moment.at)
    table = table_of(node, msg("a date, or a mapping that says when"), problems)
    form = None if table is None else _form(table, problems)
    if table is None or form is None:
        return None
    due = form.read(Fields(table, form.keys, problems), period)
    return due if len(problems) == before else None


def _form(table: Table, problems: Problems) -> _Form | None:
    """The form of `due` that the keys of a table indicate."""
    names = [name for name in table.entries if name in _FORMS]
    if len(names) == 1:
        return _FORMS[names[0]]
    if len(names) > 1:
        place = table.entries[names[1]].key.place
        message = msg("“{first}” and “{second}” do not go together in one due.",
                      first=names[0], second=names[1])  # fmt: skip
        problems.add(place, message)
        return None
    forms = ", ".join(_FORMS)
    place, text = table.place, next(iter(table.entries), "")
    message = msg("This due has none of the keys that say what it is: {forms}.", forms=forms)
    problems.explain(place, message, text, _FORMS)
    return None


def _by(fields: Fields, _period: Period | None) -> Due | None:
    moment = fields.maybe("by", moment_of)
    opens = fields.maybe("from", date_of)
    if moment is None:
        return None
    if opens is not None and opens > moment.day:
        fields.note("from", backwards(opens, moment.day))
    return By(moment.day, moment.at, opens)


def _on_day(fields: Fields, _period: Period | None) -> Due | None:
    day = fields.maybe("day", date_of)
    start = fields.read("start", time_of, time(0, 0))
    end = fields.read("end", time_of, END_OF_DAY)
    if start > end:
        fields.note("end", backwards(f"{start:%H:%M}", f"{end:%H:%M}"))
    return None if day is None else OnDay(day, start, end)


def _every(fields: Fields, period: Period | None) -> Due | None:
    node = fields.node("every")
    if not isinstance(node, Scalar) or node.text != "shift":
        return every_of(fields, period)
    for key in ("on", "at", "plus", "skip"):
        if key in fields:
            fields.note_key(
                key, msg("“{key}” does not go with every: shift, which is a tally.", key=key)
            )
    window = bounds_of(fields, period)
    return None if window is None else Tally(window)


def _after(fields: Fields, _period: Period | None) -> Due | None:
    return _relative(fields, "after")


def _before(fields: Fields, _period: Period | None) -> Due | None:
    return _relative(fields, "before")


def _relative(fields: Fields, direction: Literal["after", "before"]) -> Due | None:
    anchor = fields.maybe(direction, id_of)
    days = fields.maybe("days", integer_from(0))
    workdays = fields.maybe("workdays", integer_from(1, MOST_WORKDAYS))
    given = [key for key in ("days", "workdays") if key in fields]
    if len(given) != 1:
        message = (
            msg("Say how many days: one of “days” and “workdays” has to be given.")
            if not given
            else msg("Only one of “days” and “workdays” can be given.")
        )
        fields.note_key(given[-1] if given else direction, message)
    at = fields.read("at", time_of, END_OF_DAY)
    return None if anchor is None else Relative(direction, anchor, days, workdays, at)


def _event(fields: Fields, _period: Period | None) -> Due | None:
    name = fields.maybe("event", line_of)
    within = fields.maybe("within", duration_of)
    node = fields.node("steps")
    if node is not None and "within" in fields:
        fields.note_key(
            "within", msg("“within” does not stand beside “steps”: each step has its own.")
        )
    steps = () if node is None else _steps(node, fields.problems)
    return None if name is None else OnEvent(name, within, steps)


def _steps(node: Node, problems: Problems) -> tuple[EventStep, ...]:
    steps: dict[str, EventStep] = {}
    for member in nodes_of(node, msg("a list of steps"), problems):
        table = table_of(member, msg("a mapping with id and title"), problems)
        if table is None:
            continue
        fields = Fields(table, ("id", "title", "within"), problems)
        step_id, title = fields.require("id", id_of), fields.require("title", line_of)
        within = fields.maybe("within", duration_of)
        if step_id is None or title is None:
            continue
        if step_id in steps:
            fields.note("id", msg("There are two steps “{id}”.", id=step_id))
        steps.setdefault(step_id, EventStep(step_id, title, within))
    return tuple(steps.values())


def _asap(fields: Fields, _period: Period | None) -> Due | None:
    if fields.maybe("asap", boolean_of) is False:
        fields.note("asap", msg("asap: false says nothing; delete the due for an undated one."))
    within = fields.maybe("within", duration_of)
    if within is not None and within.unit not in ("d", "w"):
        fields.note("within", msg("The limit of asap is in days or weeks, like 3d or 2w."))
    return Asap(within)


_EVERY_KEYS: Final = ("every", "on", "at", "plus", "from", "to", "skip")
_FORMS: Final[Mapping[str, _Form]] = {
    "by": _Form(("by", "from"), _by),
    "day": _Form(("day", "start", "end"), _on_day),
    "every": _Form(_EVERY_KEYS, _every),
    "after": _Form(("after", "days", "workdays", "at"), _after),
    "before": _Form(("before", "days", "workdays", "at"), _before),
    "event": _Form(("event", "within", "steps"), _event),
    "asap": _Form(("asap", "within"), _asap),
}

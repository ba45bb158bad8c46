"""Checks activities that name others: by `after`, `before` and `was`.

See docs/campaign-format.md, "Relative" and "Changing the file".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.definition import Asap, By, Due, Every, OnDay, OnEvent, Relative, Tally
from campaigns.reading.activities import ANCHORS, Located
from campaigns.reading.cycles import cycles
from campaigns.reading.problems import Problems, quoted
from i18n.messages import Message, msg


def check_relative_dues(activities: Sequence[Located], problems: Problems) -> frozenset[str]:
    """Note each `after` or `before` without a valid target or in a circle.

    Returns the ids of the activities whose due depends only on what could be read.
    """
    by_id = {each.activity.id: each for each in activities if each.activity.id}
    known = (*ANCHORS, *by_id)
    for each in activities:
        due = each.activity.due
        if isinstance(due, Relative) and due.anchor not in ANCHORS:
            anchor = by_id.get(due.anchor)
            if anchor is None:
                _note_unknown(each, due, known, problems)
            elif anchor.sound and (why := _not_one_day(anchor.activity.due)) is not None:
                message = msg("“{id}” cannot be counted from: {why}.", id=due.anchor, why=why)
                problems.add(each.place("due", due.direction), message)
    next_of = {activity_id: _next(each) for activity_id, each in by_id.items()}
    for circle in cycles(next_of):
        names = ", ".join((*circle, circle[0]))
        problems.add(
            by_id[circle[0]].place("due"),
            msg("These activities wait for each other in a circle: {names}.", names=quoted(names)),
        )
    return _grounded(by_id, next_of)


def check_earlier_ids(activities: Sequence[Located], problems: Problems) -> None:
    """Note earlier ids that are still in use, or given for two activities."""
    current = {each.activity.id for each in activities}
    claimed: dict[str, str] = {}
    for each in activities:
        for old in each.activity.was:
            if old in current:
                message = msg(
                    "“{id}” is an activity of this file; “was” names ids that it no longer has.",
                    id=quoted(old),
                )
                problems.add(each.place("was", old), message)
            elif claimed.setdefault(old, each.activity.id) != each.activity.id:
                message = msg(
                    "“{id}” is what “{other}” was; only one activity can have its answers.",
                    id=quoted(old),
                    other=quoted(claimed[old]),
                )
                problems.add(each.place("was", old), message)


def _next(each: Located) -> str | None:
    due = each.activity.due
    return due.anchor if isinstance(due, Relative) and due.anchor not in ANCHORS else None


def _note_unknown(each: Located, due: Relative, known: Sequence[str], problems: Problems) -> None:
    message = msg(
        "There is no activity “{id}”, and it is none of: start, end, issued.", id=quoted(due.anchor)
    )
    problems.explain(each.place("due", due.direction), message, due.anchor, known)


def _not_one_day(due: Due | None) -> Message | None:
    """Why a due does not have exactly one date, None if it does."""
    match due:
        case By() | OnDay() | Relative():
            return None
        case None:
            return msg("it is undated")
        case Asap():
            return None if due.within else msg("it is due as soon as possible, without a limit")
        case Every():
            return msg("it recurs")
        case Tally():
            return msg("it is a tally and never due")
        case OnEvent():
            return msg("it is due on events only")


def _grounded(by_id: Mapping[str, Located], next_of: Mapping[str, str | None]) -> frozenset[str]:
    grounded: dict[str, bool] = {}
    for start in by_id:
        path = []
        name = start
        rests = True
        while name not in grounded:
            grounded[name] = False
            path.append(name)
            anchor = next_of[name]
            if anchor is None:
                break
            if anchor not in by_id or _not_one_day(by_id[anchor].activity.due) is not None:
                rests = False
                break
            name = anchor
        else:
            rests = grounded[name]
        for member in reversed(path):
            rests = rests and by_id[member].sound
            grounded[member] = rests
    return frozenset(name for name, good in grounded.items() if good)

"""The actions that the menu offers for an item."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from campaigns.entries import REPORTED, State
from campaigns.standing.board import Line
from campaigns.transitions import ALLOWED
from i18n.messages import Message, msg


class ItemAction(Struct, frozen=True):
    """One choice: the state it leads to (None keeps it), and what has to be asked first."""

    words: Message
    state: State | None = None
    nil_report: bool = False
    asks: Literal["reason", "note", "time", "figures"] | None = None
    undo: bool = False


TO_STATE = {
    State.DONE: ItemAction(msg("Submitted, received now"), State.DONE),
    State.VERIFIED: ItemAction(msg("Verified"), State.VERIFIED),
    State.RETURNED: ItemAction(msg("Return it, with a reason ..."), State.RETURNED, asks="note"),
    State.DOING: ItemAction(msg("In progress"), State.DOING),
    State.TODO: ItemAction(msg("Not started (take it back)"), State.TODO),
    State.WAIVED: ItemAction(msg("Not applicable, with a reason ..."), State.WAIVED, asks="reason"),
}
_ORDER = (State.DONE, State.VERIFIED, State.RETURNED, State.DOING, State.TODO, State.WAIVED)


def actions_for(line: Line) -> tuple[ItemAction, ...]:
    """The allowed transitions, most used first, then the details, then undo."""
    state = line.entry.state
    return (
        *_reports(line),
        *_figures(line),
        *(TO_STATE[to] for to in _ORDER if to in ALLOWED[state] and to is not State.DONE),
        ItemAction(msg("Note ..."), asks="note"),
        *(
            [ItemAction(msg("Undo the last change of this item"), undo=True)]
            if line.entry.rev
            else []
        ),
    )


def _reports(line: Line) -> list[ItemAction]:
    """The ways to record a report: received now, at an earlier time, or as a nil report."""
    state = line.entry.state
    actions: list[ItemAction] = []
    can_report = State.DONE in ALLOWED[state]
    if can_report:
        actions.append(TO_STATE[State.DONE])
    if can_report and state not in REPORTED:
        actions.append(ItemAction(msg("Submitted, received at ..."), State.DONE, asks="time"))
    if state in REPORTED:
        actions.append(ItemAction(msg("Correct the time of receipt ..."), asks="time"))
    if (
        line.item.activity.nil_ok
        and not line.entry.nil_report
        and (can_report or state is State.DONE)
    ):
        actions.append(
            ItemAction(msg("Nil report (nothing happened)"), State.DONE, nil_report=True)
        )
    return actions


def _figures(line: Line) -> list[ItemAction]:
    """Figures count only for an item in progress or submitted, so this can lead there too."""
    if not line.item.activity.metrics or line.entry.state is State.WAIVED:
        return []
    if line.entry.state in REPORTED:
        return [ItemAction(msg("Figures ..."), asks="figures")]
    return [
        ItemAction(msg("Submitted, with figures ..."), State.DONE, asks="figures"),
        ItemAction(msg("Figures so far, in progress ..."), State.DOING, asks="figures"),
    ]

"""Which actions the main screen allows in a given situation."""

from __future__ import annotations

from typing import Final, NamedTuple

from widgets.view import EnterDoes

SAY_WHY_NOT: Final = "say_why_not"
"""The action that keys which record something have in the past (screens.main.past_keys)."""

_ON_ITEMS: Final = frozenset({"tick", "item_menu", "repeat"})
_OF_ENTER: Final = frozenset({"open_menu", "jump", "expand"})
_IN_PANES: Final = frozenset({"focus_checklist", "focus_units", "other_pane"})
_NOT_WHILE_TYPING: Final = frozenset(
    {
        *("shortcut", "view", "filter", "choose_several", SAY_WHY_NOT),
        *(*_OF_ENTER, *_ON_ITEMS, *_IN_PANES),
    }
)
_WHILE_TYPING: Final = frozenset({"take_filter", "saved_filters"})
_OF_THE_PRESENT: Final = frozenset({"tick", "undo", "redo", "repeat", "choose_several", "tour"})


class Situation(NamedTuple):
    """What the officer is doing.

    `is_past`: looking at the past (--as-of); `is_typing`: typing the filter; `is_choosing`:
    selecting several items; `in_panes`: in the checklist view; `on_item`: the focus is where
    the cursor can be on an item; `enter`: what Enter does in the open view.
    """

    is_past: bool
    is_typing: bool
    is_choosing: bool
    in_panes: bool
    on_item: bool
    enter: EnterDoes


def is_allowed(action: str, now: Situation) -> bool:
    """Whether an action is possible now.

    Actions on an item need a cursor on one, and letters typed into the filter are text. In
    the past nothing is recorded, and the keys that would do so say why not.
    """
    if action in (_OF_THE_PRESENT if now.is_past else {SAY_WHY_NOT}):
        return False
    if now.is_typing:
        return action not in _NOT_WHILE_TYPING
    if action in _WHILE_TYPING:
        return False
    if action in _IN_PANES:
        return now.in_panes
    if action in _ON_ITEMS and not now.on_item:
        return False
    if action == "choose_several" and not (now.in_panes or now.on_item):
        return False
    if action == "open_menu" and now.in_panes and not now.on_item:
        return False
    if action in _OF_ENTER:
        return action == ("open_menu" if now.is_choosing else now.enter)
    return True

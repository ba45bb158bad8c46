"""Which actions of the main screen are possible, by what the officer is about."""

from __future__ import annotations

from typing import Final, NamedTuple

from widgets.view import EnterDoes

_ON_ITEMS: Final = frozenset({"tick", "open_menu", "item_menu", "repeat"})
_IN_PANES: Final = frozenset({"focus_checklist", "focus_units", "other_pane"})
_NOT_WHILE_TYPING: Final = frozenset({"shortcut", "view", "jump", *_ON_ITEMS, *_IN_PANES})
_WRITING: Final = frozenset({"undo", "redo", "repeat", "choose_several"})


class Situation(NamedTuple):
    """What the officer is about.

    `is_past`: it is a view of the past; `is_typing`: in the filter; `is_choosing`: several
    items; `in_panes`: the checklist view is open; `on_item`: something points at items;
    `enter` is what Enter does in the open view.
    """

    is_past: bool
    is_typing: bool
    is_choosing: bool
    in_panes: bool
    on_item: bool
    enter: EnterDoes


def is_allowed(action: str, now: Situation) -> bool:
    """Items are worked on where one is pointed at, letters typed in the filter are text."""
    if action in _WRITING and now.is_past:
        return False
    if now.is_typing:
        return action not in _NOT_WHILE_TYPING
    if action == "take_filter":
        return False
    if action in _IN_PANES:
        return now.in_panes
    if action in _ON_ITEMS and not now.on_item:
        return False
    if action in ("open_menu", "jump"):
        return action == ("open_menu" if now.is_choosing else now.enter)
    return True

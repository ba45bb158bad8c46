"""The keys of the main screen.

All have priority: Textual then acts on each key before it looks at the next, so keys typed
ahead on a slow line do what they would have done one by one. Letters are bound to the
action `shortcut`, which is off while the filter is typed: there they are text.
"""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from campaigns.full_width import full_width_digit
from i18n.messages import deferred
from screens.main.views import CHECKLIST, CHECKLIST_SHOWS, VIEWS
from widgets.keys.bindings import key

_HELP: Final = deferred("All keys that work here")
_FILTER: Final = deferred("Show only what matches: name, pinyin, kind, tag, state, #activity")
_READ: Final = deferred("Read everything again from the store")
_MENU: Final = deferred("Everything that can be done with the item")
_SEVERAL: Final = deferred("Choose several items to change together")
_REPEAT: Final = deferred("Repeat the last recorded change on this item")
_DAY: Final = deferred("Go to what is due on a date, or next after it")
_PALETTE: Final = deferred("Everything that can be done here, with its key")
_OVERDUE: Final = deferred("Go to the next overdue item of any unit shown")
_PREVIOUS: Final = deferred("Go to the previous overdue item of any unit shown")
_LIST: Final = deferred("Go to the checklist of this unit")
_REDO: Final = deferred("Redo the change that was just undone")
_UNDO: Final = deferred("Undo the last change made in this session")


def _key(
    keys: str, action: str, words: str, name: str, shown_as: str = "", *, tooltip: str
) -> Binding:
    return key(f"main.{name}", keys, action, words, tooltip, shown=shown_as)


def _letter(keys: str, action: str, words: str, name: str, tooltip: str) -> Binding:
    return _key(keys, f"shortcut({action!r})", words, name, tooltip=tooltip)


MAIN_KEYS: Final[list[BindingType]] = [
    _key("enter", "take_filter", deferred("Use it"), "take-filter", "enter",
         tooltip=deferred("Apply the filter and go to what it shows")),
    _key("enter", "open_menu", deferred("Menu"), "menu", "enter", tooltip=_MENU),
    _key("enter", "jump", deferred("To the item"), "jump", "enter",
         tooltip=deferred("Go to the item in the checklist of its unit")),
    _key("enter", "expand", deferred("Open or close"), "expand", "enter",
         tooltip=deferred("Show who has handed in and who has not; on a unit, go to its item")),
    _key("enter", "focus_checklist", deferred("To the checklist"), "list", tooltip=_LIST),
    _key("right", "focus_checklist", deferred("To the checklist"), "list", tooltip=_LIST),
    _key("space,ideographic_space", "tick", deferred("Tick"), "tick", "space",
         tooltip=deferred("Mark the item as submitted; again takes it back")),
    _key("left", "focus_units", deferred("To the units"), "units",
         tooltip=deferred("Go to the list of units")),
    _key("tab,shift+tab", "other_pane", deferred("Other pane"), "pane",
         tooltip=deferred("Go from the units to the checklist, or back")),
    _key("escape", "back", deferred("Back"), "back",
         tooltip=deferred("Close what is open, or go back to the checklist and its units")),
    _key("f1", "help", deferred("Help"), "help", "f1", tooltip=_HELP),
    _letter("question_mark,fullwidth_question_mark", "help", deferred("Help"), "help", _HELP),
    _key("f2", "item_menu", deferred("Menu"), "menu", tooltip=_MENU),
    _key("f3", "filter", deferred("Filter"), "filter", "f3", tooltip=_FILTER),
    _key("f3", "saved_filters", deferred("Saved filters"), "filter", "f3",
         tooltip=deferred("Save this filter, or apply a saved one")),
    _letter("slash,fullwidth_solidus", "filter", deferred("Filter"), "filter", _FILTER),
    _key("f4", "choose_several", deferred("Several"), "several", "f4", tooltip=_SEVERAL),
    _letter("v", "choose_several", deferred("Several"), "several", _SEVERAL),
    _key("insert", "repeat", deferred("Repeat"), "repeat", tooltip=_REPEAT),
    _letter("full_stop,ideographic_full_stop", "repeat", deferred("Repeat"), "repeat", _REPEAT),
    _key("f5", "read_again", deferred("Read again"), "read", tooltip=_READ),
    _letter("r", "read_again", deferred("Read again"), "read", _READ),
    _key("f6", "next_overdue(1)", deferred("Overdue"), "next-overdue", "f6", tooltip=_OVERDUE),
    _letter("n", "next_overdue(1)", deferred("Overdue"), "next-overdue", _OVERDUE),
    _key("shift+f6,f16,f18", "next_overdue(-1)", deferred("Previous overdue"), "previous-overdue",
         tooltip=_PREVIOUS),
    _letter("N", "next_overdue(-1)", deferred("Previous overdue"), "previous-overdue", _PREVIOUS),
    _key("f7", "go_to_day", deferred("Date"), "day", tooltip=_DAY),
    _letter("d", "go_to_day", deferred("Date"), "day", _DAY),
    _key("f8", "undo", deferred("Undo"), "undo", "f8", tooltip=_UNDO),
    _letter("u", "undo", deferred("Undo"), "undo", _UNDO),
    _key("shift+f8,f20", "redo", deferred("Redo"), "redo", tooltip=_REDO),
    _letter("U", "redo", deferred("Redo"), "redo", _REDO),
    _key("f9,ctrl+p", "palette", deferred("Commands"), "palette", "f9", tooltip=_PALETTE),
    *(
        _key(f"{digit},{full_width_digit(digit)}", f"view({digit})", view, f"view-{digit}",
             tooltip=shows)
        for digit, (view, shows) in enumerate(
            ((CHECKLIST, CHECKLIST_SHOWS), *((kind.name, kind.shows) for kind in VIEWS)), 1
        )
    ),
]  # fmt: skip

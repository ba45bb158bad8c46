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

_MENU: Final = deferred("Everything that can be done with the item")
_LIST: Final = deferred("Go to the checklist of this unit")


def _key(
    keys: str, action: str, words: str, name: str, shown_as: str = "", *, tooltip: str
) -> Binding:
    return key(f"main.{name}", keys, action, words, tooltip, shown=shown_as)


def _both(
    keys: str, letters: str, action: str, words: str, name: str, shown_as: str = "", *, tooltip: str
) -> tuple[Binding, Binding]:
    """An action with keys that work everywhere, and with letters that do where no text is typed."""
    return (
        _key(keys, action, words, name, shown_as, tooltip=tooltip),
        _key(letters, f"shortcut({action!r})", words, name, tooltip=tooltip),
    )


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
    *_both("f1", "question_mark,fullwidth_question_mark", "help", deferred("Help"), "help", "f1",
           tooltip=deferred("All keys that work here")),
    _key("f2", "item_menu", deferred("Menu"), "menu", tooltip=_MENU),
    *_both("f3", "slash,fullwidth_solidus", "filter", deferred("Filter"), "filter", "f3",
           tooltip=deferred("Show only what matches: name, pinyin, kind, tag, state, #activity")),
    _key("f3", "saved_filters", deferred("Saved filters"), "filter", "f3",
         tooltip=deferred("Save this filter, or apply a saved one")),
    *_both("f4", "v", "choose_several", deferred("Several"), "several", "f4",
           tooltip=deferred("Choose several items to change together")),
    *_both("insert", "full_stop,ideographic_full_stop", "repeat", deferred("Repeat"), "repeat",
           tooltip=deferred("Repeat the last recorded change on this item")),
    *_both("f5", "r", "read_again", deferred("Read again"), "read",
           tooltip=deferred("Read everything again from the store")),
    *_both("f6", "n", "next_overdue(1)", deferred("Overdue"), "next-overdue", "f6",
           tooltip=deferred("Go to the next overdue item of any unit shown")),
    *_both("shift+f6,f16,f18", "N", "next_overdue(-1)", deferred("Previous overdue"),
           "previous-overdue",
           tooltip=deferred("Go to the previous overdue item of any unit shown")),
    *_both("f7", "d", "go_to_day", deferred("Date"), "day",
           tooltip=deferred("Go to what is due on a date, or next after it")),
    *_both("f8", "u", "undo", deferred("Undo"), "undo", "f8",
           tooltip=deferred("Undo the last change made in this session")),
    *_both("shift+f8,f20", "U", "redo", deferred("Redo"), "redo",
           tooltip=deferred("Redo the change that was just undone")),
    _key("f9,ctrl+p", "palette", deferred("Commands"), "palette", "f9",
         tooltip=deferred("Everything that can be done here, with its key")),
    *(
        _key(f"{digit},{full_width_digit(digit)}", f"view({digit})", view, f"view-{digit}",
             tooltip=shows)
        for digit, (view, shows) in enumerate(
            ((CHECKLIST, CHECKLIST_SHOWS), *((kind.name, kind.shows) for kind in VIEWS)), 1
        )
    ),
]  # fmt: skip

"""Which bindings can be active together, to find clashes with an officer's own keys.

It imports every screen, so it is imported only when there is a settings file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from textual.binding import BindingType
from textual.screen import Screen

from screens.definition_change import DefinitionChange
from screens.dialogs.dialog import Dialog
from screens.dialogs.figures_form import FiguresForm
from screens.dialogs.item_look import ItemLook
from screens.dialogs.menu import MenuDialog
from screens.dialogs.palette import Palette
from screens.dialogs.plan_preview import PlanPreview
from screens.main.keys import MAIN_KEYS
from screens.problems import Problems
from screens.settings.key_choice import Table
from widgets.chase.list import ChaseList
from widgets.grid import Grid
from widgets.history.view import HistoryView
from widgets.line_list import LineList
from widgets.statistics.list import StatisticsList

_DIALOGS: Final[tuple[type[Screen[Any]], ...]] = (Palette, FiguresForm, ItemLook)


def key_tables(of_app: Iterable[BindingType]) -> list[Table]:
    """One table of bindings for each screen, each with the application's own.

    Not that of the note, whose Ctrl+J is what terminals send for a line break.
    """
    app = list(of_app)
    return [
        [*app, *MAIN_KEYS, *LineList.BINDINGS],
        [*app, *MAIN_KEYS, *Grid.BINDINGS],
        [*app, *MAIN_KEYS, *ChaseList.BINDINGS, *LineList.BINDINGS],
        [*app, *MAIN_KEYS, *StatisticsList.BINDINGS, *LineList.BINDINGS],
        [*app, *MAIN_KEYS, *HistoryView.BINDINGS, *LineList.BINDINGS],
        [*app, *Dialog.BINDINGS, *MenuDialog.BINDINGS, *LineList.BINDINGS],
        [*app, *Dialog.BINDINGS, *PlanPreview.BINDINGS, *LineList.BINDINGS],
        *([*app, *Dialog.BINDINGS, *one.BINDINGS] for one in _DIALOGS),
        [*app, *Problems.BINDINGS],
        [*app, *DefinitionChange.BINDINGS],
    ]

"""The menu of several items: selects more of them, or changes the selected ones."""

from __future__ import annotations

from typing import Final

from campaigns.entries import State
from i18n.messages import Message, msg
from screens.changes.actions import TO_STATE, ItemAction
from screens.changes.request import ChangeRequest
from screens.changes.selection import Choose
from screens.dialogs.menu import MenuDialog
from screens.dialogs.questions import Questions
from widgets.look import Look

_ACTIONS: Final = (
    TO_STATE[State.DONE],
    ItemAction(msg("Submitted, received at ..."), State.DONE, asks="time"),
    *(TO_STATE[state] for state in (State.VERIFIED, State.RETURNED)),
    ItemAction(msg("Nil report (nothing happened)"), State.DONE, nil_report=True),
    *(TO_STATE[state] for state in (State.DOING, State.TODO, State.WAIVED)),
    ItemAction(msg("Note ..."), asks="note"),
)
_CHOICES: Final[tuple[tuple[Message, Choose | ItemAction], ...]] = (
    (msg("Choose from the last one chosen to here"), Choose.RANGE),
    (msg("Choose all that is shown"), Choose.ALL),
    (msg("Choose nothing"), Choose.NONE),
    *((action.words, action) for action in _ACTIONS),
)


class SelectionMenu(MenuDialog[Choose | ChangeRequest | None]):
    """Closes with a way to select items, or with the change to make to the selected ones."""

    def __init__(self, look: Look, chosen: int, questions: Questions) -> None:
        words = tuple(look.tr.render(words) for words, _ in _CHOICES)
        super().__init__(look, look.tr.count("1 item chosen", "{n} items chosen", chosen), words)
        self._chosen = chosen
        self._questions = questions

    def facts(self) -> str:
        """A hint what the menu is for."""
        return self.look.tr("Nothing is recorded before you have seen what would change.")

    async def chosen(self, row: int) -> None:
        """Close with the choice, or first ask for what it needs."""
        choice = _CHOICES[row][1]
        if isinstance(choice, Choose):
            self.dismiss(choice)
            return
        if not self._chosen:
            self.app.bell()
            return
        await self._questions.ask(self.app, choice, self.dismiss)

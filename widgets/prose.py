"""Running text in dialogs: taken to the letter, in characters of stable width."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static

from widgets.stable import stable


class Prose(Static):
    """A text that wraps; brackets in it are no markup."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 (Textual's name)
        classes: str | None = None,
    ) -> None:
        super().__init__(stable(text), markup=False, id=id, classes=classes)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text."""
        super().update(stable(content) if isinstance(content, str) else content, layout=layout)

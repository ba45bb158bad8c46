"""Text in dialogs, shown literally and in characters of stable width."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static

from campaigns.plain_text import plain
from widgets.stable import stable


class Prose(Static):
    """A text that wraps. Brackets in it are not markup."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 (Textual's name)
        classes: str | None = None,
    ) -> None:
        super().__init__(stable(plain(text)), markup=False, id=id, classes=classes)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a text."""
        super().update(
            stable(plain(content)) if isinstance(content, str) else content, layout=layout
        )

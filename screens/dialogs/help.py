"""The help: every key that works where the focus is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult

from campaigns.glyphs import Glyphs
from i18n.catalogue import Translator
from screens.dialogs.dialog import Dialog
from screens.dialogs.key_help import Possible
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_width import fit


class Help(Dialog[None]):
    """A page that explains the keys and the glyphs."""

    def __init__(self, look: Look, keys: Sequence[Possible]) -> None:
        super().__init__(look, look.tr("Keys"))
        self._keys = keys

    def compose_body(self) -> ComposeResult:
        """The keys and what they do, then the glyphs and what they mean."""
        width = max((cell_len(key.keys) for key in self._keys), default=0)
        lines = [f"{fit(key.keys, width)}  {key.words}" for key in self._keys]
        text = "\n".join([*lines, "", *glyph_lines(self.look.glyphs, self.look.tr)])
        with self.page:
            yield Prose(text)


def glyph_lines(glyphs: Glyphs, tr: Translator) -> list[str]:
    """The glyphs and their meanings, two to a line."""
    meanings = [
        (glyphs.open, tr("not started")),
        (glyphs.done, tr("submitted")),
        (glyphs.upcoming, tr("upcoming")),
        (glyphs.verified, tr("verified")),
        (glyphs.due_soon, tr("due soon")),
        (glyphs.returned, tr("returned")),
        (glyphs.overdue, tr("overdue")),
        (glyphs.waived, tr("not applicable")),
        (glyphs.doing, tr("in progress")),
    ]
    cells = [f"{glyph} {fit(words, 22)}" for glyph, words in meanings]
    return ["".join(cells[i : i + 2]).rstrip() for i in range(0, len(cells), 2)]

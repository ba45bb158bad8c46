"""A campaign file and a data folder, and the terminals opened on them."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests import ROOT
from tests.over_ssh.terminal import Terminal, duban
from tests.screens.sample import DEFINITION

NOW: Final = "2022-06-08T12:00"


class Desk:
    """A campaign file and a data folder, and the terminals opened on them, 80 x 24 each."""

    def __init__(self, folder: Path, stack: ExitStack, definition: str = DEFINITION) -> None:
        self.folder = folder
        self.file = folder / "campaign.yaml"
        self.file.write_text(definition, encoding="utf-8")
        settings = folder / ".config" / "duban" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text("show_tour = false\n", encoding="utf-8")
        self._stack = stack

    @property
    def environ(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "USER": "officer-1",
            "LOGNAME": "officer-1",
        }

    def open(self, *options: str, command: str = "tui", **environ: str) -> Terminal:
        arguments = ("-c", str(self.file), "-d", str(self.folder / "data"), *options, command)
        terminal = Terminal(duban(*arguments), self.environ | environ)
        return self._stack.enter_context(terminal)

    def open_at_noon(self, *options: str, **environ: str) -> Terminal:
        terminal = self.open("--now", NOW, "--lang", "zh", *options, **environ)
        terminal.wait_for("F10")
        terminal.wait_for("北村")
        return terminal

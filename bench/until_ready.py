"""Run an interface until its first frame is drawn, and end at once: to count what that takes.

    python -m bench.until_ready --modules FILE empty
    python -m bench.until_ready duban -c … tui

With --modules, the names of the modules imported by then are written to a file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.opening import Opening

# As cli.py sets it before the first import of Textual.
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
OURS = frozenset(("bench.until_ready", "__main__"))


def main(arguments: list[str]) -> None:
    """Run the interface."""
    modules: str | None = None
    if arguments[0] == "--modules":
        modules, arguments = arguments[1], arguments[2:]
    if arguments == ["empty"]:
        from bench.empty_app import EmptyApp

        _end_when_ready(EmptyApp, modules)
        EmptyApp().run(mouse=False)
        return
    import cli

    open_interface = cli.open_interface

    def opened(opening: Opening) -> int:
        import app

        _end_when_ready(app.DubanApp, modules)
        return open_interface(opening)

    cli.open_interface = opened
    cli.main(arguments[1:])


def _end_when_ready(app_class: type, modules: str | None) -> None:
    """Make an application end as soon as its first frame is drawn."""

    def end() -> None:
        if modules is not None:
            names = [name for name in sys.modules if name not in OURS]
            Path(modules).write_text("\n".join(names), encoding="utf-8")
        os._exit(0)

    app_class.on_ready = lambda app: app.call_after_refresh(end)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1:])

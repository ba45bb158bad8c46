"""The `duban` command."""

import os
import sys

# Outside main, Ctrl+C would print a traceback, so nothing that takes time is imported here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.opening import Opening

_INTERRUPTED = 130


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run one command and give its exit code (docs/commands.md, "Exit codes")."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(argv: "Sequence[str]") -> int:
    import gc

    # A command ends soon and uses most of its objects to the end; the interface enables it again.
    gc.disable()
    try:
        from commands.line.run import run

        return run(argv, os.environ, open_interface)
    finally:
        gc.enable()


def open_interface(opening: "Opening") -> int:
    """Import the interface and open it."""
    # Textual reads this when it is imported. With kitty's keys on, input methods lose text.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    # As `eval $(resize)`, su and docker leave them: the terminal's own size would not count.
    for frozen in ("COLUMNS", "LINES"):
        os.environ.pop(frozen, None)
    if not opening.color:
        os.environ["NO_COLOR"] = "1"
    import app

    return app.open_interface(opening, os.environ)


if __name__ == "__main__":
    sys.exit(main())

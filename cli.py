"""The `duban` command."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Sequence
    from typing import Final

    from commands.tui import Opening

_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code (design section 6)."""
    # A command ends soon and needs what it makes to the end; the interface collects once it is up.
    gc.disable()
    try:
        # Imported within reach of Ctrl+C.
        from commands.command_line import run

        return run(sys.argv[1:] if argv is None else argv, os.environ, open_interface)
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        gc.enable()


def open_interface(opening: Opening) -> int:
    """Open the interface; only here is it imported."""
    # Read by Textual as it is imported: with kitty's keys on, input methods lose text.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    if not opening.color:
        os.environ["NO_COLOR"] = "1"
    import app

    return app.open_interface(
        load=opening.load,
        make_store=opening.make_store,
        clock=opening.clock,
        person=opening.person,
        tr=opening.tr,
        ascii_only=opening.ascii_only,
        color=opening.color,
        as_of=opening.as_of,
        mouse=opening.mouse,
        data=opening.data,
        environ=os.environ,
    )


if __name__ == "__main__":
    sys.exit(main())

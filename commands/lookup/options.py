"""The options of a command, parsed by argparse or by commands.figures.quick."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing argparse, which costs a fifth of a status
    from argparse import Namespace
    from types import SimpleNamespace

    Options = Namespace | SimpleNamespace

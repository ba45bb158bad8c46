"""The options of a command, by whichever way its command line was read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing argparse, which costs a fifth of a status
    from argparse import Namespace
    from types import SimpleNamespace

    Options = Namespace | SimpleNamespace

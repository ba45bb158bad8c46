"""How a session ends whose terminal is gone."""

from __future__ import annotations

import os
import signal
from typing import Final

HUNG_UP: Final = 128 + signal.SIGHUP
"""The exit code after the connection was lost."""


def let_go() -> None:
    """Turn standard output and error away from a terminal that is gone.

    What is still buffered for it would fail once more as Python ends, with an exit code
    of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)

"""The terminal at the other end of an ssh line."""

from __future__ import annotations

import codecs
import os
import signal
from functools import partial
from typing import Any, Final

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

HUNG_UP: Final = 128 + signal.SIGHUP
"""The exit code after the line was dropped."""


class SshDriver(LinuxDriver):
    """Reads the keyboard of clients that do not send UTF-8.

    Textual's reader decodes strictly and ends with the first GBK byte. It looks its
    decoder up in its own module, and there is no public way to give it another
    (tests/screens/test_terminal.py).
    """

    def run_input_thread(self) -> None:
        """Read keys, with what is no UTF-8 replaced."""
        linux_driver.getincrementaldecoder = _tolerant_decoder  # type: ignore[attr-defined]
        super().run_input_thread()


def _tolerant_decoder(encoding: str) -> Any:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def let_go() -> None:
    """Turn standard output and error away from a terminal that is gone.

    What is still buffered for it would fail once more as Python ends, with an exit code
    of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)

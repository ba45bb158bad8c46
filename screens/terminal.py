"""The terminal at the other end of an ssh line."""

from __future__ import annotations

import codecs
from functools import partial
from typing import Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver


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

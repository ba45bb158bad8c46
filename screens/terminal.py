"""The terminal at the other end of an ssh line."""

from __future__ import annotations

import codecs
import os
import re
import signal
from functools import partial
from typing import Any, Final

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

_ESC_AND_KEY: Final = re.compile(r"\x1b(?=[^\x1b\[O\]P_^X])")
"""Esc before what begins no sequence."""

_ESC_ALONE: Final = "\ue01b"
"""What stands for it on its way to the driver: no keyboard sends private characters."""

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

    def process_message(self, message: Message) -> None:
        """Hand on what came in, Esc as Esc again."""
        if isinstance(message, Key) and message.character == _ESC_ALONE:
            message = Key("escape", "\x1b")
        super().process_message(message)


class _Decoder:
    """Decodes what terminals send: whatever is no UTF-8 is replaced.

    Esc that came together with the key behind it, as on a slow line, is kept apart from
    it: terminals send Alt and a key as the same two bytes, and nothing is bound to Alt here.
    """

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of some bytes."""
        return _ESC_AND_KEY.sub(_ESC_ALONE, self._decoder.decode(data, final))


def _tolerant_decoder(encoding: str) -> Any:
    return partial(_Decoder, encoding)


def let_go() -> None:
    """Turn standard output and error away from a terminal that is gone.

    What is still buffered for it would fail once more as Python ends, with an exit code
    of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)

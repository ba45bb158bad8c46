"""Reads the terminal of an officer: by ssh, over slow lines, from clients of every kind."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import threading
import time
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from screens.terminal.keyboard import Keyboard
from screens.terminal.tokens import Tokenizer

_AT_ONCE: Final = 4096
"""Bytes read at once."""

_LOOK_AGAIN: Final = 0.05
"""Seconds after which it is looked whether an unfinished sequence was given up."""

_AT_REST: Final = 1.0
"""Seconds after which it is looked whether the main thread has died; each look costs an idle
session processor time."""


class SshDriver(LinuxDriver):
    """Reads keys in place of Textual's driver.

    That one decodes strictly and ends with the first GBK byte, acts on replies of the terminal
    as if they were typed, loses a paste whose end mark is cut in two, and reads the end of the
    input for ever once the terminal is gone.
    """

    _pipe: tuple[int, int] | None = None
    """What is written into it wakes the thread. Open until the process ends."""

    def run_input_thread(self) -> None:
        """Read until the session ends, in a thread that never outlives it."""
        wakened, _ = self._pipe = self._pipe or os.pipe()
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        selector.register(wakened, selectors.EVENT_READ)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        tokenizer, keyboard = Tokenizer(), Keyboard()
        while not self.exit_event.is_set() and threading.main_thread().is_alive():
            text = ""
            wait = _LOOK_AGAIN if tokenizer.is_waiting else _AT_REST
            ready = {key.fd for key, _ in selector.select(wait)}
            if self.fileno in ready:
                data = self._read()
                if not data:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                text = decoder.decode(data)
            elif wakened in ready:
                os.read(wakened, 1)
                self.exit_event.wait(_LOOK_AGAIN)
                continue
            for token in tokenizer.feed(text, time.monotonic()):
                for message in keyboard.messages(token):
                    self.process_message(message)

    def disable_input(self) -> None:
        """As in Textual, which waits for the thread; it is wakened to end at once."""
        if self._pipe is not None:
            os.write(self._pipe[1], b"x")
        super().disable_input()

    def _read(self) -> bytes:
        """What has arrived; nothing if the terminal is gone."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""

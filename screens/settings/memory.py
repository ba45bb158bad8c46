"""What this session leaves for the next one of the same login and campaign."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from i18n.messages import Message
from screens.settings.remembered import Remembered, write_remembered


class Memory:
    """Keeps what is to be remembered, and writes it in worker threads.

    `path` None remembers nothing beyond the session.
    """

    def __init__(self, path: Path | None = None, remembered: Remembered | None = None) -> None:
        self._path = path
        self._remembered = remembered or Remembered()

    @property
    def remembered(self) -> Remembered:
        """What is remembered now."""
        return self._remembered

    @property
    def is_lasting(self) -> bool:
        """Whether it outlives the session."""
        return self._path is not None

    async def keep(self, **changes: Any) -> Message | None:
        """Remember something else, by the names of Remembered; says what went wrong."""
        changed = replace(self._remembered, **changes)
        if changed == self._remembered:
            return None
        self._remembered = changed
        return await asyncio.to_thread(write_remembered, self._path, changed)

"""What belongs to the login that opened the session: its settings and its last sessions."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from i18n.messages import Message
from screens.settings.key_choice import Table
from screens.settings.remembered import Memory, read_remembered, state_file
from screens.settings.settings import Settings
from screens.settings.settings_file import read_settings, settings_file


class OwnFiles(Struct, frozen=True):
    """The settings, what is wrong with them, and what the last session of a campaign left."""

    settings: Settings = Settings()
    problems: Sequence[Message] = ()
    memory_of: Callable[[str], Memory] = lambda _campaign: Memory()


def own_files(
    environ: Mapping[str, str], data: Path | None, tables: Callable[[], Sequence[Table]]
) -> OwnFiles:
    """Read the login's settings.

    `data` is the folder that the stores lie in; None remembers nothing. `tables` are the
    bindings that can have other keys (screens.settings.key_choice); they are asked for only
    if there is a settings file.
    """

    def memory_of(campaign: str) -> Memory:
        if data is None:
            return Memory()
        # Two stores of one campaign are two places: the demo's is not the real one's.
        store = zlib.crc32(os.fsencode(data / campaign))
        path = state_file(environ, f"{campaign}@{store:08x}")
        return Memory(path, read_remembered(path))

    path = settings_file(environ)
    if path is None or not os.path.lexists(path):
        return OwnFiles(memory_of=memory_of)
    settings, problems = read_settings(path, tables())
    return OwnFiles(settings, problems, memory_of)

"""Whose words are on a command's stderr: duban's, or those of a Python that was interrupted. Pure.

A signal may come before duban has begun: then Python says so in its own way, about runpy,
site or encodings, and that is nothing duban could word. A traceback with a frame in
duban's own files is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tests import ROOT

_FRAME: Final = re.compile(r'^ *File "([^"]+)", line \d+', re.MULTILINE)


def speaks_from_within(words: str) -> bool:
    """Whether a traceback comes out of duban's own files."""
    return any(_is_of_duban(Path(file)) for file in _FRAME.findall(words))


def interrupted_in_python(words: str) -> bool:
    """Whether Python says that it was interrupted, and no file of duban's was at work."""
    return "KeyboardInterrupt" in words and not speaks_from_within(words)


def _is_of_duban(file: Path) -> bool:
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts

"""One line of what `duban doctor` reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from i18n.messages import Message


class Level(StrEnum):
    """How bad a finding is. With a fault, progress may be lost or cannot be used."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about a `subject` (a word for scripts, as `locks`), and what to do if it is bad."""

    level: Level
    subject: str
    fact: Message
    remedy: Message | None = None

"""A fact that `duban doctor` found out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from i18n.messages import Message


class Level(StrEnum):
    """How bad a finding is: by a fault progress can be lost, or not be read or written."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about a `subject` (a word for scripts), and the remedy where something is wrong."""

    level: Level
    subject: str
    fact: Message
    remedy: Message | None = None

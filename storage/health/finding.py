"""One line of what `duban doctor` reports."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from i18n.messages import Message


class Level(StrEnum):
    """How bad a finding is. With a fault, progress may be lost or cannot be used."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Finding(Struct, frozen=True):
    """A fact about a `subject` (a word for scripts, as `locks`), and what to do if it is bad."""

    level: Level
    subject: str
    fact: Message
    remedy: Message | None = None


def ok(subject: str, fact: Message) -> Finding:
    """Something is as it should be."""
    return Finding(Level.OK, subject, fact)


def warning(subject: str, fact: Message, advice: Message) -> Finding:
    """Something may go wrong later."""
    return Finding(Level.WARNING, subject, fact, advice)


def fault(subject: str, fact: Message, advice: Message | None = None) -> Finding:
    """Something is wrong."""
    return Finding(Level.FAULT, subject, fact, advice)

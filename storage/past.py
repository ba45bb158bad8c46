"""Which definition judges a past moment: the one in force then (docs/storage.md, "Definitions")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.reading.loader import read
from campaigns.reading.problems import InvalidDefinition
from campaigns.reading.source import Loaded
from i18n.messages import msg
from storage.errors import StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from i18n.messages import Message
    from storage.protocol import ProgressStore


@dataclass(frozen=True, slots=True)
class Judging:
    """The definition that judges a past moment, and what a reader has to know about it.

    `note` is a sentence, `brief` the same in a title's few columns; both are None where
    the definition of then says what the one given does, or none was in force yet.
    """

    loaded: Loaded
    note: Message | None = None
    brief: Message | None = None


def judging_at(store: ProgressStore, given: Loaded, moment: datetime) -> Judging:
    """What was in force at a moment; the one given where none was yet, or none can be read."""
    try:
        source = store.definition_at(moment)
    except StoreError as error:
        return _unreadable(given, error.message)
    if source is None or source.digest == given.source.digest:
        return Judging(given)
    try:
        campaign = read(source)
    except InvalidDefinition as error:
        return _unreadable(given, error.message)
    if campaign == given.campaign:
        return Judging(given)
    return Judging(
        Loaded(campaign, source),
        msg("Another definition was in force then than the one given; it judges here."),
        msg("old file"),
    )


def _unreadable(given: Loaded, why: Message) -> Judging:
    return Judging(
        given,
        msg("The definition of that time cannot be read, so the one given judges here. {why}",
            why=why),
        msg("new file"),
    )  # fmt: skip

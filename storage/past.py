"""The definition to judge a past moment by (docs/storage.md, "Definitions")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from campaigns.reading.loader import read
from campaigns.reading.problems import InvalidDefinition
from campaigns.reading.source import Loaded
from i18n.messages import msg
from storage.errors import StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from i18n.messages import Message
    from storage.protocol import ProgressStore


class PastDefinition(Struct, frozen=True):
    """The definition to judge a past moment by, and what the reader has to know about it.

    `note` is a sentence, `brief` a few words for a title. Both are None if the definition of
    that time is the given one, or the same in content, or none was in force yet.
    """

    loaded: Loaded
    note: Message | None = None
    brief: Message | None = None


def past_definition(store: ProgressStore, given: Loaded, moment: datetime) -> PastDefinition:
    """The definition in force at a moment; `given` if there was none yet or it cannot be read."""
    try:
        source = store.definition_at(moment)
    except StoreError as error:
        return _unreadable(given, error.message)
    if source is None or source.digest == given.source.digest:
        return PastDefinition(given)
    try:
        campaign = read(source)
    except InvalidDefinition as error:
        return _unreadable(given, error.message)
    if campaign == given.campaign:
        return PastDefinition(given)
    return PastDefinition(
        Loaded(campaign, source),
        msg("A different definition was in force then; this is judged by it."),
        msg("old file"),
    )


def _unreadable(given: Loaded, why: Message) -> PastDefinition:
    return PastDefinition(
        given,
        msg("The definition of that time cannot be read, so this is judged by the present one. "
            "{why}", why=why),
        msg("new file"),
    )  # fmt: skip

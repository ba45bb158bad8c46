"""Anchors: the digest of a campaign's whole history at an instant, to be kept on paper.

The history at an instant has, for each unit, its events up to the last one recorded at or
before that instant. The digest is storage.unit.chain.campaign_digest over the hashes of those
last events. Events are only ever added, so a printed digest can be found again among the past
states of the history, unless an event has been altered.

An event may be committed some seconds after the instant that it carries, because its writer
waited for a lock. By then others with later instants may be committed already, and a digest
printed in between belongs to no instant. Such a digest is looked for among the states that
lack a few of the events of the last seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, chain, combinations_with_replacement, count, islice
from typing import Final

from msgspec import Struct

from campaigns.history import Event
from storage.unit.chain import GENESIS, campaign_digest

LATEST: Final = timedelta(seconds=15)
"""How long after its instant an event may be committed: the longest wait for locks, and a bit."""
MOST_HEADS: Final = 1_000_000
"""How many units' hashes to try at most for states between instants, before giving up."""

Times = Mapping[str, Sequence[datetime]]
"""An instant for each event of each unit, in ascending order within the unit."""


class Anchor(Struct, frozen=True):
    """The digest of a history at an instant (UTC), and how many events it had."""

    digest: str
    events: int
    at: datetime


class Histories:
    """The events of all units of a campaign, each unit's oldest first."""

    def __init__(self, events: Mapping[str, Sequence[Event]]) -> None:
        self._hashes = {unit: [GENESIS, *(e.hash for e in own)] for unit, own in events.items()}
        self._settled = {unit: _settled(own) for unit, own in events.items()}
        self._reached = {unit: _reached(own) for unit, own in events.items()}
        self._instants = sorted({e.recorded_at for own in events.values() for e in own})

    def anchor(self, at: datetime) -> Anchor:
        """The anchor of the history as it stood at an instant."""
        return self._anchor(self._counts(at), at)

    def find(self, digest: str, until: datetime) -> Anchor | None:
        """The latest state up to `until` with this digest; its `at` is the last instant it held."""
        instants = [moment for moment in self._instants if moment <= until][::-1]
        whole = (self._anchor(self._counts(moment), moment) for moment in instants)
        # A digest printed before a clock was set back covers no events recorded after that.
        back = instants if self._reached != self._settled else []
        before = (self._anchor(self._counts(moment, self._reached), moment) for moment in back)
        tries = MOST_HEADS // max(1, len(self._hashes))
        partial = islice(self._between(instants), tries)
        empty = self._anchor(dict.fromkeys(self._hashes, 0), until)
        states = chain(whole, (empty,), before, partial)
        return next((anchor for anchor in states if anchor.digest == digest), None)

    def _counts(self, moment: datetime, times: Times | None = None) -> dict[str, int]:
        """How many events of each unit are in the history at an instant."""
        return {unit: bisect_right(own, moment) for unit, own in (times or self._settled).items()}

    def _anchor(self, counts: Mapping[str, int], at: datetime) -> Anchor:
        heads = {unit: self._hashes[unit][number] for unit, number in counts.items()}
        return Anchor(campaign_digest(heads), sum(counts.values()), at)

    def _between(self, instants: Sequence[datetime]) -> Iterator[Anchor]:
        """The states that lack some of the events recorded right before an instant.

        First all those that lack one event, then those that lack two, and so on.
        """
        for missing in count(1):
            found = False
            for moment in instants:
                for counts in self._lacking(moment, missing):
                    found = True
                    yield self._anchor(counts, moment)
            if not found:
                return

    def _lacking(self, moment: datetime, missing: int) -> Iterator[dict[str, int]]:
        """The histories at an instant without `missing` of the latest events."""
        counts, least = self._counts(moment), self._counts(moment - LATEST)
        spare = {unit: most - least[unit] for unit, most in counts.items() if most > least[unit]}
        if sum(spare.values()) < missing:
            return
        for units in combinations_with_replacement(spare, missing):
            lacks = Counter(units)
            if all(lack <= spare[unit] for unit, lack in lacks.items()):
                yield {unit: most - lacks[unit] for unit, most in counts.items()}


def _settled(events: Sequence[Event]) -> list[datetime]:
    """For each event the earliest instant that it or a later event carries.

    Those ascend even if a clock was set back: 10:00, 10:05, 10:02 gives 10:00, 10:02, 10:02.
    """
    backwards = accumulate((event.recorded_at for event in reversed(events)), min)
    return list(backwards)[::-1]


def _reached(events: Sequence[Event]) -> list[datetime]:
    """The instant of each event, or just after the one before it if a clock was set back.

    10:00, 10:05, 10:02 gives 10:00, 10:05 and a microsecond after 10:05.
    """
    return list(accumulate((event.recorded_at for event in events), _next))


def _next(last: datetime, at: datetime) -> datetime:
    return at if at >= last else last + timedelta.resolution

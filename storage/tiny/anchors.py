"""Anchors: the digest of a campaign's whole history at one instant, to be kept on paper.

The history at an instant is, of each unit, its events up to the last one recorded at or
before it; the digest is storage.unit.chain.campaign_digest over the hashes of those last
events. Events are only ever added, so whoever holds the digest can have it found again
among the past states of the history, and none is found once an event of it was altered.

An event may be committed a little after the instant that it carries, while others
already are (its writer waited for a lock). The state that was printed in between is no
instant's; it is looked for among those that lack some of the events of the last seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, chain, combinations_with_replacement, count, islice
from typing import Final

from campaigns.history import Event
from storage.unit.chain import GENESIS, campaign_digest

LATEST: Final = timedelta(seconds=15)
"""How long after its instant an event may still be committed: the wait for locks, and a bit."""
MOST_HEADS: Final = 1_000_000
"""Of the states between instants so many heads of units are hashed, then it is given up."""

Times = Mapping[str, Sequence[datetime]]
"""For each event of each unit an instant; those of a unit ascend."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The digest of a history of so many events, as it stood at an instant (UTC)."""

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
        """The latest state up to an instant that has a digest; `at` is its last instant."""
        instants = [moment for moment in self._instants if moment <= until][::-1]
        whole = (self._anchor(self._counts(moment), moment) for moment in instants)
        # What was printed before a clock was set back has none of what was recorded since.
        back = instants if self._reached != self._settled else []
        before = (self._anchor(self._counts(moment, self._reached), moment) for moment in back)
        tries = MOST_HEADS // max(1, len(self._hashes))
        partial = islice(self._between(instants), tries)
        empty = self._anchor(dict.fromkeys(self._hashes, 0), until)
        states = chain(whole, (empty,), before, partial)
        return next((anchor for anchor in states if anchor.digest == digest), None)

    def _counts(self, moment: datetime, times: Times | None = None) -> dict[str, int]:
        """How many events of each unit the history at an instant has."""
        return {unit: bisect_right(own, moment) for unit, own in (times or self._settled).items()}

    def _anchor(self, counts: Mapping[str, int], at: datetime) -> Anchor:
        heads = {unit: self._hashes[unit][number] for unit, number in counts.items()}
        return Anchor(campaign_digest(heads), sum(counts.values()), at)

    def _between(self, instants: Sequence[datetime]) -> Iterator[Anchor]:
        """The states that lack some of what was recorded right before an instant.

        Those that lack the fewest come first.
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
        """The history at an instant without so many of its latest events."""
        counts, least = self._counts(moment), self._counts(moment - LATEST)
        spare = {unit: most - least[unit] for unit, most in counts.items() if most > least[unit]}
        if sum(spare.values()) < missing:
            return
        for units in combinations_with_replacement(spare, missing):
            lacks = Counter(units)
            if all(lack <= spare[unit] for unit, lack in lacks.items()):
                yield {unit: most - lacks[unit] for unit, most in counts.items()}


def _settled(events: Sequence[Event]) -> list[datetime]:
    """For each event the instant from which the history has it: it, or one after it, was recorded.

    They ascend, although a clock may have been set back between two events.
    """
    backwards = accumulate((event.recorded_at for event in reversed(events)), min)
    return list(backwards)[::-1]


def _reached(events: Sequence[Event]) -> list[datetime]:
    """For each event the latest instant recorded up to it; right after that where it lies before.

    They ascend, although a clock may have been set back between two events.
    """
    return list(accumulate((event.recorded_at for event in events), _next))


def _next(last: datetime, at: datetime) -> datetime:
    return at if at >= last else last + timedelta.resolution

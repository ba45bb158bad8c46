"""Whether every unit's history is readable and sound, and whether the clock agrees with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final

from i18n.messages import msg
from storage.disk.layout import Layout
from storage.errors import StoreError
from storage.health.finding import Finding, Level, fault, ok, warning
from storage.tiny.reader import document_of, units
from storage.tiny.verification import verify
from storage.unit.chain import campaign_digest
from storage.unit.records import Malformed, decode_event, instant_text

_LISTED: Final = 5
_COMPARE: Final = msg("Compare it with a backup; see “Recovery by hand” in docs/storage.md.")


def histories(layout: Layout, now: datetime, zone: tzinfo) -> Iterator[Finding]:
    """Read every unit and verify its chain of events."""
    try:
        names = units(layout)
    except StoreError as error:
        yield fault("units", error.message)
        return
    heads: dict[str, str] = {}
    events, faulty, broken = 0, 0, 0
    for name in names:
        report = verify(layout, name)
        heads[name] = report.head
        events += report.events
        faulty += bool(report.faults)
        broken += bool(report.faults and report.checked)
        if report.faults and faulty <= _LISTED:
            yield fault(
                "units",
                msg("{unit}: {fault}", unit=name, fault=report.faults[0]),
                _COMPARE if report.checked else None,
            )
    fact = msg("{units} units, {events} events, {broken} damaged, digest {digest}",
               units=len(names), events=events, broken=broken, digest=campaign_digest(heads),
    )  # fmt: skip
    yield Finding(Level.FAULT if faulty else Level.OK, "history", fact)
    yield _clock(layout, names, now, zone)


def _clock(layout: Layout, names: tuple[str, ...], now: datetime, zone: tzinfo) -> Finding:
    """Warn if the last change was recorded after now: the clock is wrong now, or it was then."""
    moments = (_last(layout, name) for name in names)
    last = max((moment for moment in moments if moment is not None), default=None)
    shown_now = instant_text(now, zone)
    if last is not None and last > now:
        return warning(
            "clock",
            msg(
                "it is {now}, but a change was recorded at {last}",
                now=shown_now,
                last=instant_text(last, zone),
            ),
            msg("Set the clock; changes are ordered by their numbers, not by it."),
        )
    return ok("clock", msg("{now}", now=shown_now))


def _last(layout: Layout, unit: str) -> datetime | None:
    """When the latest event in a unit's file was recorded; None if unknown."""
    try:
        document = document_of(layout, unit)
        rows = () if document is None else document.tables.get("events", {}).values()
        return max((decode_event(row).recorded_at for row in rows), default=None)
    except (StoreError, Malformed):
        return None

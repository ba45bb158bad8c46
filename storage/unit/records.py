"""Entries, events and incidents as JSON objects, and back.

An event has the same object in the unit's file, in `log --format json` and for its hash.
Instants are written in RFC 3339 to the second with the offset of a zone, and read back with it.
Reading is strict: an object that no store would write raises Malformed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, TypeVar

from msgspec import Struct, ValidationError, convert

from campaigns.entries import Entry, Instant
from campaigns.history import Event, Incident, Person
from i18n.messages import Message, msg

Json = dict[str, Any]
_T = TypeVar("_T")

ENTRY_KEYS: Final = frozenset(
    {"state", "received_at", "recorded_at", "recorded_by", "note", "metrics", "evidence"}
    | {"extension", "nil_report", "due", "rev"}
)
ITEM_KEYS: Final = ENTRY_KEYS | {"item"}
EVENT_KEYS: Final = frozenset(
    {"id", "item", "op", "before", "after", "who", "recorded_at", "undoes", "redoes"}
    | {"prev", "hash"}
)
"""The fields of every event. One that moved an entry to another item also has `continues`."""
INCIDENT_KEYS: Final = frozenset({"activity", "number", "at", "note", "recorded_at", "who"})
PERSON_KEYS: Final = frozenset({"login", "role", "origin"})


_MINUTE: Final = timedelta(minutes=1)


class Malformed(Exception):
    """An object that no store would write. `what` says what is wrong with it."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what

    def within(self, place: str) -> Malformed:
        """The same error with its place (an event id or item key) in front."""
        return Malformed(msg("{place}: {what}", place=place, what=self.what))


def instant_text(moment: datetime, zone: tzinfo) -> str:
    """An instant in the time of a zone, such as `2022-06-15T17:40:00+08:00`.

    In UTC where the zone's offset has seconds (before 1901 in Shanghai), which RFC 3339 lacks.
    """
    local = moment.astimezone(zone)
    if (local.utcoffset() or _MINUTE) % _MINUTE:
        local = moment.astimezone(UTC)
    return local.isoformat(timespec="seconds")


def has_all_clocks(moment: datetime) -> bool:
    """Whether an instant can be shown in every time zone: not at the ends of what Python counts."""
    return 1000 < moment.year < 9000


def entry_dict(entry: Entry, zone: tzinfo) -> Json:
    """An entry as it is stored and printed, with its times in `zone`."""
    extension = entry.extension
    return {
        "state": entry.state.value,
        "received_at": _optional_text(entry.received_at, zone),
        "recorded_at": _optional_text(entry.recorded_at, zone),
        "recorded_by": entry.recorded_by,
        "note": entry.note,
        "metrics": dict(entry.metrics),
        "evidence": [
            {"kind": file.kind, "name": file.name, "sha256": file.sha256} for file in entry.evidence
        ],
        "extension": extension
        and {
            "due": instant_text(extension.due, zone),
            "reason": extension.reason,
            "granted_by": extension.granted_by,
        },
        "nil_report": entry.nil_report,
        "due": _optional_text(entry.due, zone),
        "rev": entry.rev,
    }


def event_dict(event: Event, zone: tzinfo) -> Json:
    """An event as it is stored and printed, with its times in `zone`."""
    return {
        "id": event.id,
        "item": event.item,
        "op": event.op,
        "before": entry_dict(event.before, zone),
        "after": entry_dict(event.after, zone),
        "who": person_dict(event.who),
        "recorded_at": instant_text(event.recorded_at, zone),
        "undoes": event.undoes,
        "redoes": event.redoes,
        "prev": event.prev,
        "hash": event.hash,
        **({} if event.continues is None else {"continues": event.continues}),
    }


def person_dict(person: Person) -> Json:
    """Who acted, as it is stored and printed."""
    return {"login": person.login, "role": person.role, "origin": person.origin}


def decode_entry(raw: Json, keys: frozenset[str] = ENTRY_KEYS) -> Entry:
    """Read an entry back; `keys` are the fields that it must have. Raises Malformed."""
    if not _has(keys, raw):
        raise Malformed(msg("it does not have the fields of an entry"))
    entry = _converted(raw, Entry)
    _check_entry(entry, raw)
    return entry


def decode_event(raw: Json) -> Event:
    """Read an event back. Raises Malformed."""
    if not _has(EVENT_KEYS, raw, optional="continues"):
        raise Malformed(msg("it does not have the fields of an event"))
    if not (_has(ENTRY_KEYS, raw["before"]) and _has(ENTRY_KEYS, raw["after"])):
        raise Malformed(msg("it does not have the fields of an entry"))
    if not _has(PERSON_KEYS, raw["who"]):
        raise Malformed(msg("it does not say who"))
    event = _converted(raw, Event)
    _check_instant("recorded_at", event.recorded_at, raw)
    _check_entry(event.before, raw["before"])
    _check_entry(event.after, raw["after"])
    return event


def decode_person(raw: Json) -> Person:
    """Read back who acted. Raises Malformed."""
    if not _has(PERSON_KEYS, raw):
        raise Malformed(msg("it does not say who"))
    return _converted(raw, Person)


def decode_incident(raw: Json) -> tuple[Incident, datetime]:
    """Read back an incident, and when it was recorded. Raises Malformed."""
    if not _has(INCIDENT_KEYS, raw):
        raise Malformed(msg("it does not have the fields of an incident"))
    decode_person(raw["who"])
    incident, recorded = _converted(raw, Incident), _converted(raw, _Recorded)
    _check_instant("at", incident.at, raw)
    _check_instant("recorded_at", recorded.recorded_at, raw)
    return incident, recorded.recorded_at


class _Recorded(Struct, frozen=True):
    recorded_at: Instant


def _has(keys: frozenset[str], raw: object, optional: str = "") -> bool:
    return type(raw) is dict and raw.keys() - {optional} == keys


def _converted(raw: Json, kind: type[_T]) -> _T:
    try:
        return convert(raw, kind)
    except ValidationError as error:
        # "Expected `int`, got `str` - at `$.rev`"
        field = str(error).rpartition("`$.")[2].partition("`")[0].partition("[")[0].split(".")
        raise _wrong(field[-1], _member(raw, field)) from error


def _member(raw: Any, path: Sequence[str]) -> object:
    for name in path:
        raw = raw[name]
    return raw


def _check_entry(entry: Entry, raw: Json) -> None:
    _check_instant("received_at", entry.received_at, raw)
    _check_instant("recorded_at", entry.recorded_at, raw)
    _check_instant("due", entry.due, raw)
    if entry.extension is not None:
        _check_instant("due", entry.extension.due, raw["extension"])


def _check_instant(field: str, moment: datetime | None, raw: Json) -> None:
    if moment is not None and not has_all_clocks(moment):
        raise _wrong(field, raw[field])


def _optional_text(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else instant_text(moment, zone)


def _wrong(field: str, value: object) -> Malformed:
    return Malformed(msg("{field} cannot be {value}", field=field, value=repr(value)[:60]))

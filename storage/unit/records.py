"""Entries, events and incidents as JSON objects, and back.

An event has the same object in the unit's file, in `log --format json` and for its hash.
Instants are written in ISO 8601 to the second with the offset of a zone, and read back in
UTC. Reading is strict: an object that no store would write raises Malformed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from math import isfinite
from typing import Any, Final

from campaigns.entries import Entry, Evidence, Extension, Number, State
from campaigns.history import Event, Incident, Person
from i18n.messages import Message, msg

Json = dict[str, Any]

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
_INSTANT_LENGTH: Final = len("2022-06-15T17:40:00+08:00")
_STATES: Final[Mapping[object, State]] = {state.value: state for state in State}


class Malformed(Exception):
    """An object that no store would write. `what` says what is wrong with it."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what

    def within(self, place: str) -> Malformed:
        """The same error with its place (an event id or item key) in front."""
        return Malformed(msg("{place}: {what}", place=place, what=self.what))


def instant_text(moment: datetime, zone: tzinfo) -> str:
    """An instant in the time of a zone, such as `2022-06-15T17:40:00+08:00`."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


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
    if type(raw) is not dict or raw.keys() != keys:
        raise Malformed(msg("it does not have the fields of an entry"))
    state = _STATES.get(raw["state"]) if type(raw["state"]) is str else None
    if state is None:
        raise _wrong("state", raw["state"])
    rev = raw["rev"]
    if type(rev) is not int or rev < 0:
        raise _wrong("rev", rev)
    recorded_by = raw["recorded_by"]
    return Entry(
        state=state,
        received_at=_optional_instant(raw, "received_at"),
        recorded_at=_optional_instant(raw, "recorded_at"),
        recorded_by=None if recorded_by is None else _text(raw, "recorded_by"),
        note=_text(raw, "note"),
        metrics=_metrics(raw["metrics"]),
        evidence=_evidence(raw["evidence"]),
        extension=None if raw["extension"] is None else _extension(raw["extension"]),
        nil_report=_flag(raw, "nil_report"),
        due=_optional_instant(raw, "due"),
        rev=rev,
    )


def decode_event(raw: Json) -> Event:
    """Read an event back. Raises Malformed."""
    if type(raw) is not dict or raw.keys() - {"continues"} != EVENT_KEYS:
        raise Malformed(msg("it does not have the fields of an event"))
    return Event(
        id=_text(raw, "id"),
        item=_text(raw, "item"),
        op=_text(raw, "op"),
        before=decode_entry(raw["before"]),
        after=decode_entry(raw["after"]),
        who=decode_person(raw["who"]),
        recorded_at=_instant(raw, "recorded_at"),
        prev=_text(raw, "prev"),
        hash=_text(raw, "hash"),
        undoes=None if raw["undoes"] is None else _text(raw, "undoes"),
        redoes=None if raw["redoes"] is None else _text(raw, "redoes"),
        continues=_text(raw, "continues") if "continues" in raw else None,
    )


def decode_person(raw: Json) -> Person:
    """Read back who acted. Raises Malformed."""
    if type(raw) is not dict or raw.keys() != {"login", "role", "origin"}:
        raise Malformed(msg("it does not say who"))
    origin = None if raw["origin"] is None else _text(raw, "origin")
    return Person(login=_text(raw, "login"), role=_text(raw, "role"), origin=origin)


def decode_incident(raw: Json) -> tuple[Incident, datetime]:
    """Read back an incident, and when it was recorded. Raises Malformed."""
    if type(raw) is not dict or raw.keys() != INCIDENT_KEYS:
        raise Malformed(msg("it does not have the fields of an incident"))
    number = raw["number"]
    if type(number) is not int or number < 1:
        raise _wrong("number", number)
    decode_person(raw["who"])
    incident = Incident(
        activity=_text(raw, "activity"),
        number=number,
        at=_instant(raw, "at"),
        note=_text(raw, "note"),
    )
    return incident, _instant(raw, "recorded_at")


def _optional_text(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else instant_text(moment, zone)


def _text(raw: Json, field: str) -> str:
    value = raw[field]
    if type(value) is not str:
        raise _wrong(field, value)
    return value


def _flag(raw: Json, field: str) -> bool:
    value = raw[field]
    if type(value) is not bool:
        raise _wrong(field, value)
    return value


def _optional_instant(raw: Json, field: str) -> datetime | None:
    return None if raw[field] is None else _instant(raw, field)


def _instant(raw: Json, field: str) -> datetime:
    value = raw[field]
    if type(value) is not str:
        raise _wrong(field, value)
    try:
        moment = datetime.fromisoformat(value)
        # A text of the usual length needs no check that it is what instant_text would write.
        usual = len(value) == _INSTANT_LENGTH and value[10] == "T"
        if moment.tzinfo is None or not (usual or moment.isoformat() == value):
            raise _wrong(field, value)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _wrong(field, value) from error


def _metrics(raw: object) -> dict[str, Number]:
    if type(raw) is not dict:
        raise _wrong("metrics", raw)
    for value in raw.values():
        if type(value) is not int and not (type(value) is float and isfinite(value)):
            raise _wrong("metrics", raw)
    return raw


def _evidence(raw: object) -> tuple[Evidence, ...]:
    if type(raw) is not list:
        raise _wrong("evidence", raw)
    return tuple(_evidence_file(file) for file in raw)


def _evidence_file(raw: Json) -> Evidence:
    if type(raw) is not dict or raw.keys() != {"kind", "name", "sha256"}:
        raise _wrong("evidence", raw)
    return Evidence(_text(raw, "kind"), _text(raw, "name"), _text(raw, "sha256"))


def _extension(raw: Json) -> Extension:
    if type(raw) is not dict or raw.keys() != {"due", "reason", "granted_by"}:
        raise _wrong("extension", raw)
    return Extension(_instant(raw, "due"), _text(raw, "reason"), _text(raw, "granted_by"))


def _wrong(field: str, value: object) -> Malformed:
    return Malformed(msg("{field} cannot be {value}", field=field, value=repr(value)[:60]))

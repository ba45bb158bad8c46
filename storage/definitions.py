"""The definitions that were in force: each one taken up, numbered, with its texts.

`definition/0001-<digest>.json`; the highest number is in force. Names carry the
digest, so that a writer need not read the files.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from campaigns.definition import Source
from campaigns.history import Person
from i18n.messages import msg
from storage.document import corrupt
from storage.errors import DefinitionChanged, Unreadable
from storage.files import as_store_error, read_file, replace_file
from storage.layout import Layout
from storage.locks import hold
from storage.records import Malformed, decode_person, instant_text, person_dict

_NAME: Final = re.compile(rb"(\d{4,9})-([0-9a-f]{64})\.json")


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One definition that a write took up. `at` is in UTC."""

    number: int
    digest: str
    at: datetime
    by: Person
    files: tuple[tuple[str, bytes], ...]


def take_up(
    layout: Layout,
    source: Source,
    *,
    by: Person,
    at: datetime,
    zone: tzinfo,
    limit: float,
    seen: int,
) -> None:
    """Record a definition as in force from `at`, unless it is.

    `seen` is the number of the one in force when its file was read, 0 for none: a
    definition never takes the place of one that came after it. Raises StoreError, and
    DefinitionChanged.
    """
    number, digest = _latest(layout)
    if digest == source.digest:
        return
    with hold(layout.definition_lock, login=by.login, zone=zone, limit=limit):
        number, digest = _latest(layout)
        if digest == source.digest:
            return
        if number != seen:
            raise _changed(layout, zone)
        number += 1
        record = {
            "number": number,
            "digest": source.digest,
            "taken_up_at": instant_text(at, zone),
            "by": person_dict(by),
            "files": [_file_dict(name, data) for name, data in source.files],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
        replace_file(_path(layout, number, source.digest), text.encode() + b"\n")


def taken_up(layout: Layout) -> tuple[TakenUp, ...]:
    """Every definition taken up, the one in force last. Raises StoreError."""
    return tuple(_read(_path(layout, *entry)) for entry in _numbered(layout))


def in_force(layout: Layout) -> TakenUp | None:
    """The definition taken up last, None where there is none. Raises StoreError."""
    number, digest = _latest(layout)
    return None if digest is None else _read(_path(layout, number, digest))


def _changed(layout: Layout, zone: tzinfo) -> DefinitionChanged:
    latest = in_force(layout)
    if latest is None:
        return DefinitionChanged(
            msg("The record of definitions has gone since you opened the campaign. Open it again.")
        )
    return DefinitionChanged(
        msg("{who} put another definition in force after you opened the campaign (recorded "
            "{when}). Nothing was recorded. Open the campaign again and look at what differs.",
            who=latest.by.login, when=instant_text(latest.at, zone))
    )  # fmt: skip


def _latest(layout: Layout) -> tuple[int, str | None]:
    """The number and digest of the definition in force; 0 and None where there is none."""
    numbered = _numbered(layout)
    return numbered[-1] if numbered else (0, None)


def _numbered(layout: Layout) -> list[tuple[int, str]]:
    """The number and digest of each, in order."""
    with as_store_error(layout.definition):
        try:
            names = os.listdir(layout.definition)
        except FileNotFoundError:
            return []
    matches = (_NAME.fullmatch(name) for name in names)
    return sorted((int(match[1]), match[2].decode()) for match in matches if match)


def _path(layout: Layout, number: int, digest: str) -> bytes:
    return layout.definition + f"/{number:04}-{digest}.json".encode()


def _file_dict(name: str, data: bytes) -> dict[str, str]:
    """A file's text where it is UTF-8, else its bytes in base64 (rosters in GB18030 or xlsx)."""
    shown = name.encode("utf-8", "replace").decode()
    try:
        return {"name": shown, "text": data.decode()}
    except UnicodeDecodeError:
        import base64

        return {"name": shown, "base64": base64.b64encode(data).decode()}


def _read(path: bytes) -> TakenUp:
    data = read_file(path)
    if data is None:
        raise Unreadable(
            msg("{file} has just gone. Try again.", file=path.decode(errors="replace"))
        )
    try:
        raw = json.loads(data)
        return TakenUp(
            number=int(raw["number"]),
            digest=str(raw["digest"]),
            at=datetime.fromisoformat(raw["taken_up_at"]).astimezone(UTC),
            by=decode_person(raw["by"]),
            files=tuple(_file(file) for file in raw["files"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError, Malformed) as error:
        raise corrupt(path, msg("it is not the record of a definition")) from error


def _file(raw: dict[str, Any]) -> tuple[str, bytes]:
    if "text" in raw:
        return str(raw["name"]), str(raw["text"]).encode()
    import base64

    return str(raw["name"]), base64.b64decode(raw["base64"])

"""The definitions that have been in force: one numbered record for each, with its texts.

A record is `definition/0001-<digest>.json`; the one with the highest number is in force. The
digest is in the name so that a writer need not read the files. If an earlier definition comes
into force again, its new record has no texts: they are in the earlier record with its digest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo

import msgspec
from msgspec import Struct

from campaigns.definition import Source
from campaigns.entries import Instant
from campaigns.history import Person
from campaigns.reading.source import source_of
from i18n.messages import msg
from storage.disk.files import as_store_error, file_after, read_file, refuse_links
from storage.disk.layout import SUFFIX, Layout, definition_name
from storage.disk.locks import hold
from storage.errors import DefinitionChanged, StoreError, Unreadable, shown
from storage.unit.document import corrupt
from storage.unit.records import has_all_clocks, instant_text

Files = tuple[tuple[str, bytes], ...]


class DefinitionRecord(Struct, frozen=True):
    """A definition that a write put in force at `at`, an aware datetime."""

    number: int
    digest: str
    at: datetime
    by: Person
    files: Files


class _File(Struct, frozen=True, omit_defaults=True):
    """A file as text if it is UTF-8, else in base64, such as a roster in GB18030 or xlsx."""

    name: str
    text: str | None = None
    base64: bytes | None = None

    @property
    def content(self) -> bytes:
        return (self.base64 or b"") if self.text is None else self.text.encode()


class _Record(Struct, frozen=True, omit_defaults=True):
    """A record as it is written; without `files` if an earlier one has them."""

    number: int
    digest: str
    taken_up_at: Instant
    by: Person
    files: tuple[_File, ...] | None = None


@contextmanager
def putting_in_force(
    layout: Layout,
    source: Source,
    *,
    by: Person,
    at: datetime,
    zone: tzinfo,
    limit: float,
    seen: int,
) -> Iterator[None]:
    """Put a definition in force from `at`, if it is not yet, once the `with` block has succeeded.

    `seen` is the number of the definition in force when the caller opened the campaign, 0 for
    none. Raises DefinitionChanged if another one has been put in force since, and StoreError.
    If the writer is killed right after its write, the next write makes the record.
    """
    if _latest(layout)[1] == source.digest:
        yield
        return
    with hold(layout.definition_lock, login=by.login, zone=zone, limit=limit):
        number, digest = _latest(layout)
        if digest == source.digest:
            yield
            return
        if number != seen:
            raise _changed(layout, zone)
        number += 1
        kept = _is_kept(layout, source)
        files = None if kept else tuple(_file(name, data) for name, data in source.files)
        moment = at.astimezone(zone).replace(microsecond=0)
        record = _Record(number, source.digest, moment, by, files)
        text = msgspec.json.format(msgspec.json.encode(record), indent=1)
        with file_after(_path(layout, number, source.digest), text + b"\n"):
            yield


def definition_records(layout: Layout) -> tuple[DefinitionRecord, ...]:
    """Every definition that has been in force, the present one last. Raises StoreError."""
    return tuple(_read(layout, *entry) for entry in _numbered(layout))


def in_force(layout: Layout) -> DefinitionRecord | None:
    """The definition in force, None if there is none yet. Raises StoreError."""
    number, digest = _latest(layout)
    return None if digest is None else _read(layout, number, digest)


def in_force_at(layout: Layout, moment: datetime, known: Source | None) -> Source | None:
    """The definition that was in force at an instant, None if none was yet.

    If it is `known` (the one the caller has), no record's texts are read. Raises StoreError
    if it may be in a record that is missing or cannot be read.
    """
    digests = dict(_numbered(layout))
    doubt: StoreError | None = None
    for number in range(max(digests, default=0), 0, -1):
        try:
            is_later = _taken_up_at(layout, number, digests.get(number)) > moment
        except StoreError as error:
            doubt = doubt or error
            continue
        if is_later:
            # Unreadable records with a higher number are later still, so they do not matter.
            doubt = None
        elif doubt is None:
            return _source(layout, number, digests[number], known)
        else:
            break
    if doubt is not None:
        raise doubt
    return None


def _source(layout: Layout, number: int, digest: str, known: Source | None) -> Source:
    if known is not None and known.digest == digest:
        return known
    record = _read(layout, number, digest)
    names = "".join(name for name, _ in record.files)
    # A "?" in a name may replace bytes that are not UTF-8; then the digest cannot be checked.
    if not record.files or ("?" not in names and source_of(record.files).digest != digest):
        raise corrupt(_path(layout, number, digest), msg("its texts do not match its digest"))
    return Source(record.files, digest)


def _taken_up_at(layout: Layout, number: int, digest: str | None) -> datetime:
    """When a record's definition was put in force. Raises StoreError."""
    if digest is None:
        path = layout.definition + f"/{number:04}-…{SUFFIX.decode()}".encode()
        raise Unreadable(msg("{file} is missing", file=shown(path)))
    return _record(_path(layout, number, digest)).taken_up_at


def _changed(layout: Layout, zone: tzinfo) -> DefinitionChanged:
    latest = in_force(layout)
    if latest is None:
        return DefinitionChanged(
            msg(
                "The record of definitions has disappeared since you opened the campaign. "
                "Open it again."
            )
        )
    return DefinitionChanged(
        msg("{who} put another definition in force after you opened the campaign (recorded "
            "{when}). Nothing was recorded. Open the campaign again and look at what differs.",
            who=latest.by.login, when=instant_text(latest.at, zone))
    )  # fmt: skip


def _latest(layout: Layout) -> tuple[int, str | None]:
    """The number and digest of the definition in force; 0 and None if there is none."""
    numbered = _numbered(layout)
    return numbered[-1] if numbered else (0, None)


def _numbered(layout: Layout) -> list[tuple[int, str]]:
    """The number and digest of every record, in order."""
    refuse_links(layout.definition)
    with as_store_error(layout.definition):
        try:
            names = os.listdir(layout.definition)
        except FileNotFoundError:
            return []
    return sorted(filter(None, map(definition_name, names)))


def _path(layout: Layout, number: int, digest: str) -> bytes:
    return layout.definition + f"/{number:04}-{digest}.json".encode()


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _file(name: str, data: bytes) -> _File:
    try:
        return _File(_shown(name), text=data.decode())
    except UnicodeDecodeError:
        return _File(_shown(name), base64=data)


def _is_kept(layout: Layout, source: Source) -> bool:
    """Whether an earlier record has the texts of this definition and can be read."""
    earlier = [number for number, digest in _numbered(layout) if digest == source.digest]
    shown = tuple((_shown(name), data) for name, data in source.files)
    return any(_files_in(layout, number, source.digest) == shown for number in earlier)


def _read(layout: Layout, number: int, digest: str) -> DefinitionRecord:
    """One record, with the texts of an earlier record if it has none of its own."""
    path = _path(layout, number, digest)
    record = _record(path)
    files = _texts(record)
    if files is None:
        files = _earlier_files(layout, number, digest, path)
    return DefinitionRecord(record.number, record.digest, record.taken_up_at, record.by, files)


def _earlier_files(layout: Layout, number: int, digest: str, path: bytes) -> Files:
    """The texts from the latest earlier record of the same definition that has them."""
    earlier = [other for other, same in _numbered(layout) if same == digest and other < number]
    for other in reversed(earlier):
        files = _files_in(layout, other, digest)
        if files is not None:
            return files
    raise corrupt(path, msg("the earlier record with its texts is missing or damaged"))


def _files_in(layout: Layout, number: int, digest: str) -> Files | None:
    """The texts in one record, None if it has none or cannot be read."""
    try:
        return _texts(_record(_path(layout, number, digest)))
    except StoreError:
        return None


def _record(path: bytes) -> _Record:
    data = read_file(path)
    if data is None:
        raise Unreadable(
            msg("{file} has just disappeared. Try again.", file=path.decode(errors="replace"))
        )
    try:
        record = msgspec.json.decode(data, type=_Record)
        if has_all_clocks(record.taken_up_at):
            return record
    except (ValueError, RecursionError):
        pass
    raise corrupt(path, msg("it is not the record of a definition"))


def _texts(record: _Record) -> Files | None:
    files = record.files
    return None if files is None else tuple((file.name, file.content) for file in files)

"""What a backup contains: the campaign's files, and a manifest that lists them.

A backup is one zip file. Its comment is the SHA-256 of every byte before it, so that no
change goes unnoticed; `MANIFEST.json` lists its files (members) and the units' histories.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from campaigns.entries import Instant
from campaigns.history import Person
from campaigns.ids import is_id
from i18n.messages import msg
from storage.disk.layout import is_part, unit_of
from storage.unit.chain import campaign_digest
from storage.unit.records import Malformed, has_all_clocks

FORMAT: Final = 1
MANIFEST: Final = "MANIFEST.json"
DISPOSABLE: Final = frozenset({"cache", "locks", "feed.log"})
"""Names at the top of a campaign's folder that a backup leaves out."""

_UNITS: Final = "units/"
_DEEPEST: Final = 4
_LONGEST_NAME: Final = 255
_Count = Annotated[int, Meta(ge=0)]
_Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup: its path in the campaign's folder, size in bytes, and SHA-256."""

    name: str
    size: _Count
    sha256: _Sha256


class Chain(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One unit's history: how many events, the hash of the last one, and whether it is sound.

    If it is not `checked`, only a newer duban can tell whether it is sound. The manifest does
    not record `checked`; it is found out when the backup is opened.
    """

    unit: str
    events: _Count
    head: _Sha256
    sound: bool
    checked: bool = True


class Manifest(Struct, frozen=True):
    """What a backup contains. `duban` is the version that took it, `made_at` an aware datetime.

    Instants are written in `zone`, the campaign's.
    """

    duban: str
    campaign: str
    zone: ZoneInfo
    made_at: datetime
    by: Person
    chains: tuple[Chain, ...]
    files: tuple[Member, ...]

    @property
    def events(self) -> int:
        """How many events all units have together."""
        return sum(chain.events for chain in self.chains)

    @property
    def digest(self) -> str:
        """The campaign's digest, which `log --verify` prints too."""
        return campaign_digest({chain.unit: chain.head for chain in self.chains})

    @property
    def damaged(self) -> tuple[str, ...]:
        """The units that were already damaged when the backup was taken."""
        return tuple(chain.unit for chain in self.chains if chain.checked and not chain.sound)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The units whose history only a newer duban can check."""
        return tuple(chain.unit for chain in self.chains if not chain.checked)


class _Head(Struct):
    format: int


class _Document(Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest as it is written, with totals that must match its histories."""

    format: int
    duban: str
    campaign: str
    timezone: str
    made_at: Instant
    by: Person
    units: int
    events: int
    digest: str
    chains: tuple[Chain, ...]
    files: tuple[Member, ...]


def member_unit(name: str) -> str | None:
    """The unit whose record this file is, None if it is another file."""
    rest = name.removeprefix(_UNITS)
    return None if rest == name or "/" in rest else unit_of(rest.encode())


def units_in(names: Iterable[str]) -> list[str]:
    """The units with a record or archived events among these files, sorted.

    A unit that has only archived events has lost its record.
    """
    return sorted({unit for unit in map(_owner, names) if unit is not None})


def _owner(name: str) -> str | None:
    match name.split("/"):
        case ["archive", unit, file] if is_part(file.encode()):
            return unit
    return member_unit(name)


def is_member_name(name: str) -> bool:
    """Whether a file may have this name: it stays in the folder and is not disposable."""
    parts = name.split("/")
    return (
        len(parts) <= _DEEPEST
        and parts[0] not in DISPOSABLE
        and name != MANIFEST
        and all(map(_is_plain, parts))
    )


def encode(manifest: Manifest) -> bytes:
    """The manifest as JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(_document(manifest)), indent=1) + b"\n"


def decode(data: bytes) -> Manifest:
    """Read a manifest back, strictly. Raises Malformed."""
    try:
        found = msgspec.json.decode(data, type=_Head).format
    except (ValueError, RecursionError) as error:
        raise Malformed(msg("its manifest has no format number")) from error
    if found > FORMAT:
        raise Malformed(
            msg("it has format {found}, this duban knows {known}: update duban",
                found=found, known=FORMAT)
        )  # fmt: skip
    try:
        return _checked(msgspec.json.decode(data, type=_Document))
    except (ValueError, LookupError, OSError, OverflowError, RecursionError) as error:
        raise Malformed(msg("its manifest is not one that a backup has")) from error


def _document(manifest: Manifest) -> _Document:
    return _Document(
        format=FORMAT,
        duban=manifest.duban,
        campaign=manifest.campaign,
        timezone=manifest.zone.key,
        made_at=manifest.made_at.astimezone(manifest.zone).replace(microsecond=0),
        by=manifest.by,
        units=len(manifest.chains),
        events=manifest.events,
        digest=manifest.digest,
        chains=tuple(replace(chain, checked=True) for chain in manifest.chains),
        files=manifest.files,
    )


def _checked(read: _Document) -> Manifest:
    manifest = Manifest(
        duban=read.duban,
        campaign=read.campaign,
        zone=ZoneInfo(read.timezone),
        made_at=read.made_at,
        by=read.by,
        chains=read.chains,
        files=read.files,
    )
    if not (is_id(read.campaign) and has_all_clocks(read.made_at)) or manifest.unchecked:
        raise ValueError(manifest.campaign)
    _check_names(manifest)
    if _document(manifest) != read:
        raise Malformed(msg("its units, events or digest do not match its histories"))
    return manifest


def _check_names(manifest: Manifest) -> None:
    names = [file.name for file in manifest.files]
    for name in names:
        if not is_member_name(name):
            raise Malformed(msg("{name} in it does not belong to a campaign", name=name[:80]))
    if _repeats(names) or _clashes(names):
        raise Malformed(msg("a file occurs in it twice"))
    if units_in(names) != sorted(chain.unit for chain in manifest.chains):
        raise Malformed(msg("its histories do not match its units"))


def _repeats(names: Iterable[str]) -> bool:
    listed = list(names)
    return len(set(listed)) < len(listed)


def _clashes(names: Iterable[str]) -> bool:
    """Whether one name is the folder of another, as with `a` and `a/b`."""
    files = set(names)
    return any(
        name[:place] in files
        for name in files
        for place, character in enumerate(name)
        if character == "/"
    )


def _is_plain(part: str) -> bool:
    return (
        part[:1] not in ("", ".")
        and "\\" not in part
        and part.isprintable()
        and len(part.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
    )

"""What a backup contains: the campaign's files, and a manifest that lists them.

A backup is one zip file. Its comment is the SHA-256 of every byte before it, so that no
change goes unnoticed; `MANIFEST.json` lists its files (members) and the units' histories.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from campaigns.history import Person
from campaigns.ids import is_id
from i18n.messages import msg
from storage.disk.layout import unit_of
from storage.unit.chain import campaign_digest
from storage.unit.records import Json, Malformed, decode_person, instant_text, person_dict

FORMAT: Final = 1
MANIFEST: Final = "MANIFEST.json"
DISPOSABLE: Final = frozenset({"cache", "locks", "feed.log"})
"""Names at the top of a campaign's folder that a backup leaves out."""

_UNITS: Final = "units/"
_DEEPEST: Final = 4
_LONGEST_NAME: Final = 255
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = frozenset(
    {"format", "duban", "campaign", "timezone", "made_at", "by", "units", "events", "digest"}
    | {"chains", "files"}
)


class Member(Struct, frozen=True):
    """One file of a backup: its path in the campaign's folder, size in bytes, and SHA-256."""

    name: str
    size: int
    sha256: str


class Chain(Struct, frozen=True):
    """One unit's history: how many events, the hash of the last one, and whether it is sound.

    If it is not `checked`, only a newer duban can tell whether it is sound. The manifest does
    not record `checked`; it is found out when the backup is opened.
    """

    unit: str
    events: int
    head: str
    sound: bool
    checked: bool = True


class Manifest(Struct, frozen=True):
    """What a backup contains. `duban` is the version that took it, `made_at` in UTC.

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


def member_unit(name: str) -> str | None:
    """The unit whose record this file is, None if it is another file."""
    rest = name.removeprefix(_UNITS)
    return None if rest == name or "/" in rest else unit_of(rest.encode())


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
    value = {
        "format": FORMAT,
        "duban": manifest.duban,
        "campaign": manifest.campaign,
        "timezone": manifest.zone.key,
        "made_at": instant_text(manifest.made_at, manifest.zone),
        "by": person_dict(manifest.by),
        "units": len(manifest.chains),
        "events": manifest.events,
        "digest": manifest.digest,
        "chains": [
            {"unit": chain.unit, "events": chain.events, "head": chain.head, "sound": chain.sound}
            for chain in manifest.chains
        ],
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in manifest.files
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def decode(data: bytes) -> Manifest:
    """Read a manifest back, strictly. Raises Malformed."""
    try:
        raw = json.loads(data)
        if type(raw) is not dict or type(raw.get("format")) is not int:
            raise Malformed(msg("its manifest has no format number"))
        if raw["format"] > FORMAT:
            raise Malformed(
                msg("it has format {found}, this duban knows {known}: update duban",
                    found=raw["format"], known=FORMAT)
            )  # fmt: skip
        if raw.keys() != _FIELDS:
            raise Malformed(msg("its manifest does not have the right fields"))
        return _checked(raw)
    except (ValueError, KeyError, TypeError, OSError, OverflowError, RecursionError) as error:
        raise Malformed(msg("its manifest is not one that a backup has")) from error


def _checked(raw: Json) -> Manifest:
    manifest = Manifest(
        duban=_text(raw["duban"]),
        campaign=_text(raw["campaign"]),
        zone=ZoneInfo(_text(raw["timezone"])),
        made_at=_instant(raw["made_at"]),
        by=decode_person(raw["by"]),
        chains=tuple(_chain(chain) for chain in raw["chains"]),
        files=tuple(_member(file) for file in raw["files"]),
    )
    if not is_id(manifest.campaign):
        raise ValueError(manifest.campaign)
    _check_names(manifest)
    totals = (raw["units"], raw["events"], raw["digest"])
    if totals != (len(manifest.chains), manifest.events, manifest.digest):
        raise Malformed(msg("its units, events or digest do not match its histories"))
    return manifest


def _check_names(manifest: Manifest) -> None:
    names = [file.name for file in manifest.files]
    for name in names:
        if not is_member_name(name):
            raise Malformed(msg("{name} in it does not belong to a campaign", name=name[:80]))
    if _repeats(names) or _clashes(names):
        raise Malformed(msg("a file occurs in it twice"))
    units = [unit for unit in map(member_unit, names) if unit is not None]
    if sorted(units) != sorted(chain.unit for chain in manifest.chains):
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


def _chain(raw: Any) -> Chain:
    if type(raw) is not dict or raw.keys() != {"unit", "events", "head", "sound"}:
        raise ValueError(raw)
    if type(raw["sound"]) is not bool:
        raise ValueError(raw)
    return Chain(_text(raw["unit"]), _count(raw["events"]), _digest(raw["head"]), raw["sound"])


def _member(raw: Any) -> Member:
    if type(raw) is not dict or raw.keys() != {"name", "size", "sha256"}:
        raise ValueError(raw)
    return Member(_text(raw["name"]), _count(raw["size"]), _digest(raw["sha256"]))


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    value.encode()
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _instant(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(UTC)


def _digest(value: object) -> str:
    text = _text(value)
    if not _SHA256.fullmatch(text):
        raise ValueError(text)
    return text


def _is_plain(part: str) -> bool:
    return (
        part[:1] not in ("", ".")
        and "\\" not in part
        and part.isprintable()
        and len(part.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
    )

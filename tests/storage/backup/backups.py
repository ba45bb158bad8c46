"""Stores to back up, and backups as an enemy would write them."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from campaigns.entries import State
from storage.backup.file import open_backup
from storage.backup.manifest import Manifest
from storage.backup.restore import Restored, restore
from storage.backup.take import take_backup
from storage.disk.files import Step, no_step
from storage.disk.layout import Layout
from storage.tiny.store import TinyStore
from storage.unit.chain import campaign_digest
from tests.storage.samples import COLLEAGUE, NOW, OFFICER, SOURCE, UNIT, change, later, unit_file

SHANGHAI = ZoneInfo("Asia/Shanghai")
CAMPAIGN = "small"
FILE_MODE = stat.S_IFREG | 0o660


def campaign_folder(data: Path) -> Path:
    return data / CAMPAIGN


def store_in(data: Path) -> TinyStore:
    return TinyStore(campaign_folder(data), zone=SHANGHAI, source=SOURCE)


def written_store(data: Path) -> TinyStore:
    """A store of two units, one with two events."""
    store = store_in(data)
    store.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=NOW)
    store.apply(UNIT, [change(note="照片")], by=COLLEAGUE, at=later(1))
    store.apply("other", [change("other/plan")], by=OFFICER, at=NOW)
    return store


def make_newer(data: Path, unit: str) -> bytes:
    """Let a unit's file be one of the next schema; gives its bytes."""
    file = unit_file(campaign_folder(data), unit)
    newer = file.read_bytes().replace(b'"schema":2', b'"schema":3', 1)
    assert newer != file.read_bytes()
    file.write_bytes(newer)
    return newer


def digest_of(store: TinyStore) -> str:
    return campaign_digest({unit: store.verify(unit).head for unit in store.units()})


def back_up(
    data: Path, target: Path, *, overwrite: bool = False, at_step: Step = no_step
) -> Manifest:
    return take_backup(
        Layout(bytes(campaign_folder(data))),
        bytes(target),
        campaign=CAMPAIGN,
        version="1.0",
        by=OFFICER,
        at=NOW,
        zone=SHANGHAI,
        overwrite=overwrite,
        at_step=at_step,
    )


def restore_from(
    target: Path,
    data: Path,
    *,
    replace: bool = False,
    damaged: bool = False,
    limit: float = 5.0,
    at_step: Step = no_step,
) -> Restored:
    with open_backup(bytes(target)) as backup:
        return restore(
            backup,
            bytes(data),
            by=OFFICER,
            at=NOW,
            replace=replace,
            damaged=damaged,
            limit=limit,
            at_step=at_step,
        )


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its content, every folder with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def seal(target: Path) -> None:
    """Write the digest that makes a zip's last bytes right."""
    with ZipFile(target, "a") as archive:
        archive.comment = b"sha256:" + b"0" * 64
    sign(target)


def sign(target: Path) -> None:
    """Make the last 64 bytes the digest of all before them."""
    data = target.read_bytes()
    target.write_bytes(data[:-64] + hashlib.sha256(data[:-64]).hexdigest().encode())


Members = list[tuple[ZipInfo, bytes]]


@contextmanager
def rewritten(target: Path, *, described: bool = True) -> Iterator[Members]:
    """The members of a backup, to be changed; then written back with a seal that fits.

    `described` also makes the manifest's list of files fit.
    """
    with ZipFile(target) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    yield members
    if described:
        _describe(members)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for info, data in members:
            archive.writestr(info, data)
    seal(target)


def change_manifest(target: Path, alter: Callable[[dict[str, Any]], None]) -> None:
    """Alter the manifest of a backup, and nothing else."""
    with rewritten(target, described=False) as members:
        for number, (info, data) in enumerate(members):
            if info.filename == "MANIFEST.json":
                manifest = json.loads(data)
                alter(manifest)
                members[number] = (info, json.dumps(manifest).encode())


def member(name: str, mode: int = FILE_MODE) -> ZipInfo:
    info = ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def _describe(members: Members) -> None:
    number = next(n for n, (info, _) in enumerate(members) if info.filename == "MANIFEST.json")
    info, text = members[number]
    manifest = json.loads(text)
    manifest["files"] = [
        {"name": info.filename, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for info, data in members
        if info.filename != "MANIFEST.json"
    ]
    members[number] = (info, json.dumps(manifest).encode())

"""Restoring: verified first, nothing overwritten or deleted, and no open session loses a write."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2

import pytest

from campaigns.errors import UsageError
from storage.disk import exchange
from storage.errors import Corrupt, Full, Locked, StoreError
from storage.unit import document
from tests.storage.backup.backups import (
    CAMPAIGN,
    Members,
    back_up,
    campaign_folder,
    change_manifest,
    digest_of,
    make_newer,
    member,
    restore_from,
    rewritten,
    seal,
    sign,
    store_in,
    tree,
    written_store,
)
from tests.storage.processes import child, go, hear, rest
from tests.storage.samples import ITEM, NOW, OFFICER, UNIT, change, unit_file
from tests.storage.tiny.test_disk import mount

__all__ = ["mount"]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a small store, in `tmp_path / "old"`."""
    written_store(tmp_path / "old")
    back_up(tmp_path / "old", tmp_path / "b.zip")
    return tmp_path / "b.zip"


def test_what_was_backed_up_comes_back(tmp_path: Path, backup: Path) -> None:
    restored = restore_from(backup, tmp_path / "new")
    assert restored.kept is None
    assert restored.folder == bytes(campaign_folder(tmp_path / "new"))
    old, new = store_in(tmp_path / "old"), store_in(tmp_path / "new")
    assert digest_of(new) == digest_of(old) == restored.manifest.digest
    assert new.read([UNIT, "other"]) == old.read([UNIT, "other"])
    assert new.definition_records() == old.definition_records()
    new.apply(UNIT, [change(note="goes on")], by=OFFICER, at=NOW)
    assert new.verify(UNIT).faults == ()
    assert [path.name for path in (tmp_path / "new").iterdir()] == [CAMPAIGN]


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_modes_are_those_of_a_store_whatever_the_umask(
    tmp_path: Path, backup: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        restore_from(backup, tmp_path / "new")
    finally:
        os.umask(before)
    for path in (tmp_path / "new").rglob("*"):
        mode = 0o2770 if path.is_dir() else 0o660
        assert stat.S_IMODE(path.stat().st_mode) == mode, path


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a folder to a group")
def test_the_group_is_that_of_the_data_folder(tmp_path: Path, backup: Path) -> None:
    data = tmp_path / "new"
    data.mkdir()
    os.chown(data, 0, 54321)
    data.chmod(0o2770)
    restore_from(backup, data)
    assert {path.stat().st_gid for path in data.rglob("*")} == {54321}


def test_a_campaign_that_is_there_is_kept(tmp_path: Path, backup: Path) -> None:
    data = tmp_path / "old"
    store = store_in(data)
    store.apply(UNIT, [change(note="later")], by=OFFICER, at=NOW)
    before = tree(data)
    with pytest.raises(UsageError, match="--force"):
        restore_from(backup, data)
    assert tree(data) == before

    restored = restore_from(backup, data, replace=True)
    assert restored.kept == bytes(data / f"{CAMPAIGN}.before-restore-20220615T174000")
    assert digest_of(store) == restored.manifest.digest
    kept = Path(os.fsdecode(restored.kept))
    name = f"{CAMPAIGN}/units/{UNIT}.json"
    assert unit_file(kept).read_bytes() == before[name]

    again = restore_from(backup, data, replace=True)
    assert again.kept == restored.kept + b"-2"
    assert len(list(data.iterdir())) == 3


def test_the_old_folder_is_kept_where_names_cannot_be_exchanged(
    tmp_path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchanged", lambda one, other: False)
    data = tmp_path / "old"
    restored = restore_from(backup, data, replace=True)
    assert restored.kept is not None
    assert (Path(os.fsdecode(restored.kept)) / "units").is_dir()
    assert digest_of(store_in(data)) == restored.manifest.digest


def refused(backup: Path, data: Path, error: type[StoreError] = Corrupt) -> None:
    """The backup is refused, and nothing is touched."""
    before = tree(data)
    with pytest.raises(error) as raised:
        restore_from(backup, data, replace=True)
    assert raised.value.exit_code == 4
    assert tree(data) == before


def test_a_flipped_byte_anywhere_is_found(tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    positions = {*range(64), *range(len(whole) - 160, len(whole))}
    positions |= set(random.Random(1).sample(range(len(whole)), 200))
    for position in sorted(positions):
        altered = bytearray(whole)
        altered[position] ^= 1 << position % 8
        backup.write_bytes(altered)
        refused(backup, tmp_path / "old")


def test_a_cut_or_lengthened_file_is_found(tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    for length in (0, 1, 70, 71, 100, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:length])
        refused(backup, tmp_path / "old")
    for other in (whole + b"\n", b"#" + whole, whole + whole, b"\0" * 4096, b"PK\5\6" + b"\0" * 18):
        backup.write_bytes(other)
        refused(backup, tmp_path / "old")


def test_a_broken_zip_under_a_right_seal_is_found(tmp_path: Path, backup: Path) -> None:
    """Whoever can write a seal can also break what is under it."""
    whole = backup.read_bytes()
    numbers = random.Random(2)
    for _ in range(150):
        altered = bytearray(whole[:-64])
        for _ in range(numbers.randint(1, 4)):
            altered[numbers.randrange(len(altered) - 8)] = numbers.randrange(256)
        backup.write_bytes(bytes(altered) + b"0" * 64)
        sign(backup)
        try:
            restored = restore_from(backup, tmp_path / "new", replace=True)
        except StoreError:
            assert not campaign_folder(tmp_path / "new").exists()
        else:  # such as a time stamp: what it holds is right
            assert digest_of(store_in(tmp_path / "new")) == restored.manifest.digest
            Path(os.fsdecode(restored.folder)).rename(tmp_path / f"done-{numbers.random()}")


@pytest.mark.parametrize(
    "name",
    [
        "/etc/evil",
        "../evil",
        "units/../../evil",
        "units//x.json",
        "./x",
        "units/.x.json.tmp",
        "..\\evil",
        "C:\\evil",
        "a/b/c/d/e",
        "units/" + "x" * 300,
        "locks/x.lock",
        "cache/x",
        "feed.log",
        "evidence/a\nb",
        "evidence/a\x1b[2J",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, backup: Path, name: str) -> None:
    with rewritten(backup) as members:
        members.append((member(name), b"evil"))
    refused(backup, tmp_path / "old")
    assert not list(tmp_path.rglob("*evil*"))


def add_link(members: Members) -> None:
    members.append((member("evidence/link", stat.S_IFLNK | 0o777), b"/etc/passwd"))


def add_folder(members: Members) -> None:
    members.append((member("evidence/x/", stat.S_IFDIR | 0o777), b""))


def add_fifo(members: Members) -> None:
    members.append((member("evidence/x", stat.S_IFIFO | 0o666), b""))


def add_file_in_a_file(members: Members) -> None:
    members.append((member("evidence/x"), b""))
    members.append((member("evidence/x/y"), b""))


def compress_otherwise(members: Members) -> None:
    members[0][0].compress_type = ZIP_BZIP2


def add_unknown_unit(members: Members) -> None:
    data = next(data for info, data in members if info.filename == "units/other.json")
    members.append((member("units/third.json"), data))


def forget_a_unit(members: Members) -> None:
    members[:] = [pair for pair in members if pair[0].filename != "units/other.json"]


def forget_the_manifest(members: Members) -> None:
    members[:] = [pair for pair in members if pair[0].filename != "MANIFEST.json"]


def alter_an_event(members: Members) -> None:
    for number, (info, data) in enumerate(members):
        if info.filename == f"units/{UNIT}.json":
            members[number] = (info, data.replace("照片".encode(), "相片".encode()))


def make_a_record_huge(members: Members) -> None:
    for number, (info, _) in enumerate(members):
        if info.filename == "units/other.json":
            members[number] = (info, b" " * (65 * 1024 * 1024))


@pytest.mark.parametrize(
    ("harm", "described"),
    [
        (add_link, True),
        (add_folder, True),
        (add_fifo, True),
        (add_file_in_a_file, True),
        (compress_otherwise, True),
        (add_unknown_unit, True),
        (add_unknown_unit, False),
        (forget_a_unit, True),
        (forget_a_unit, False),
        (forget_the_manifest, False),
        (alter_an_event, True),
        (alter_an_event, False),
        (make_a_record_huge, True),
    ],
)
def test_what_a_backup_never_holds_is_refused(
    tmp_path: Path, backup: Path, harm: Callable[[Members], None], *, described: bool
) -> None:
    with rewritten(backup, described=described) as members:
        harm(members)
    refused(backup, tmp_path / "old")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_twice_is_refused(tmp_path: Path, backup: Path) -> None:
    with rewritten(backup, described=False) as members:
        members.append(members[0])
    refused(backup, tmp_path / "old")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("format", "1"),
        ("format", None),
        ("campaign", "../x"),
        ("campaign", ""),
        ("campaign", 7),
        ("timezone", "Nowhere/City"),
        ("timezone", "../../etc/passwd"),
        ("made_at", "2022-06-15"),
        ("made_at", "yesterday"),
        ("made_at", "9999-12-31T23:59:59-08:00"),
        ("by", {}),
        ("units", 1),
        ("events", 99),
        ("digest", "0" * 64),
        ("chains", []),
        ("chains", {"x": 1}),
        ("files", []),
        ("files", [1]),
        ("more", 1),
    ],
)
def test_a_manifest_that_lies_is_refused(
    tmp_path: Path, backup: Path, field: str, value: object
) -> None:
    change_manifest(backup, lambda manifest: manifest.update({field: value}))
    refused(backup, tmp_path / "old")


def test_every_missing_field_is_found(tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    fields: list[str] = []
    change_manifest(backup, fields.extend)
    for field in fields:
        backup.write_bytes(whole)

        def forget(manifest: dict[str, Any], field: str = field) -> None:
            del manifest[field]

        change_manifest(backup, forget)
        refused(backup, tmp_path / "old")


def test_a_manifest_that_hides_damage_is_refused(tmp_path: Path) -> None:
    written_store(tmp_path / "old")
    unit = campaign_folder(tmp_path / "old") / "units" / "other.json"
    unit.write_bytes(unit.read_bytes().replace(b"done", b"todo"))
    back_up(tmp_path / "old", tmp_path / "b.zip")

    def hide(manifest: dict[str, Any]) -> None:
        for chain in manifest["chains"]:
            chain["sound"] = True

    change_manifest(tmp_path / "b.zip", hide)
    refused(tmp_path / "b.zip", tmp_path / "old")


def test_damage_from_before_the_backup_is_restored_only_when_asked(tmp_path: Path) -> None:
    written_store(tmp_path / "old")
    unit = campaign_folder(tmp_path / "old") / "units" / "other.json"
    unit.write_bytes(b"{}")
    back_up(tmp_path / "old", tmp_path / "b.zip")
    with pytest.raises(Corrupt, match="other"):
        restore_from(tmp_path / "b.zip", tmp_path / "new")
    assert not campaign_folder(tmp_path / "new").exists()
    restore_from(tmp_path / "b.zip", tmp_path / "new", damaged=True)
    store = store_in(tmp_path / "new")
    assert store.verify(UNIT).faults == ()
    assert store.read(["other"])["other"].fault is not None


def test_a_file_of_a_newer_schema_comes_back_byte_for_byte(tmp_path: Path) -> None:
    written_store(tmp_path / "old")
    newer = make_newer(tmp_path / "old", "other")
    back_up(tmp_path / "old", tmp_path / "b.zip")
    restored = restore_from(tmp_path / "b.zip", tmp_path / "new")
    assert (restored.manifest.damaged, restored.manifest.unchecked) == ((), ("other",))
    assert (campaign_folder(tmp_path / "new") / "units" / "other.json").read_bytes() == newer


def test_a_backup_by_a_newer_duban_is_restored_though_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its manifest vouches for histories that this duban cannot read."""
    written_store(tmp_path / "old")
    make_newer(tmp_path / "old", "other")
    with monkeypatch.context() as newer:
        newer.setattr(document.decode, "__kwdefaults__", knowing(3))
        made = back_up(tmp_path / "old", tmp_path / "b.zip")
    assert (made.events, made.damaged, made.unchecked) == (3, (), ())
    restored = restore_from(tmp_path / "b.zip", tmp_path / "new")
    assert (restored.manifest.damaged, restored.manifest.unchecked) == ((), ("other",))


def test_what_could_not_be_checked_is_checked_by_the_duban_that_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_store(tmp_path / "old")
    make_newer(tmp_path / "old", "other")
    back_up(tmp_path / "old", tmp_path / "b.zip")
    unit = campaign_folder(tmp_path / "old") / "units" / "other.json"
    unit.write_bytes(unit.read_bytes().replace(b"done", b"todo"))
    back_up(tmp_path / "old", tmp_path / "altered.zip")
    monkeypatch.setattr(document.decode, "__kwdefaults__", knowing(3))
    restored = restore_from(tmp_path / "b.zip", tmp_path / "new")
    assert (restored.manifest.damaged, restored.manifest.unchecked) == ((), ())
    with pytest.raises(Corrupt, match="other"):
        restore_from(tmp_path / "altered.zip", tmp_path / "third")


def knowing(schema: int) -> dict[str, Any]:
    """What makes storage.unit.document.decode that of a duban whose schema is another."""
    usual = document.decode.__kwdefaults__
    assert usual is not None
    return {**usual, "schema": schema, "migrations": {1: document.to_schema_2, 2: dict}}


def test_a_full_disk_leaves_everything_as_it_was(backup: Path, mount: Callable[..., Path]) -> None:
    data = mount("size=1m")
    restore_from(backup, data)
    with rewritten(backup) as members:
        members.append((member("evidence/video"), os.urandom(1_200_000)))
    refused(backup, data, Full)


def test_a_disk_without_room_for_another_file(backup: Path, mount: Callable[..., Path]) -> None:
    data = mount("size=1m,nr_inodes=6")
    refused(backup, data, Full)


def test_a_session_that_writes_keeps_a_restore_waiting_and_out(
    tmp_path: Path, backup: Path
) -> None:
    data = tmp_path / "old"
    with child("stop", campaign_folder(data), UNIT, ITEM, "written") as writer:
        assert hear(writer) == "ready"
        go(writer)
        assert hear(writer) == "written"
        with pytest.raises(Locked, match="stopped-officer"):
            restore_from(backup, data, replace=True, limit=0.1)
        assert [path.name for path in data.iterdir()] == [CAMPAIGN]
        go(writer)
        assert hear(writer) == "done"
    store = store_in(data)
    assert {event.op for event in store.events(UNIT)} >= {"stop-written"}
    store.apply(UNIT, [change(note="free")], by=OFFICER, at=NOW)
    store.apply("other", [change("other/plan", note="free")], by=OFFICER, at=NOW)


def test_what_is_acknowledged_while_restores_happen_is_in_one_folder_or_the_other(
    tmp_path: Path, backup: Path
) -> None:
    """Before the swap in the folder that is kept, after it in the new one; never nowhere."""
    data = tmp_path / "old"
    units = [UNIT, UNIT, "other", "other"]
    acknowledged: list[str] = []
    kept: list[Path] = []
    with ExitStack() as processes:
        writers = [
            processes.enter_context(
                child("write", campaign_folder(data), unit, f"{unit}/plan", f"w{number}", 80)
            )
            for number, unit in enumerate(units)
        ]
        for writer in writers:
            assert hear(writer) == "ready"
            go(writer)
        for _ in range(4):
            acknowledged += [hear(writer) for writer in writers for _ in range(5)]
            restored = restore_from(backup, data, replace=True, limit=30)
            assert restored.kept is not None
            kept.append(Path(os.fsdecode(restored.kept)))
            in_place = {path: stamp(path) for path in kept}
            acknowledged += [hear(writer) for writer in writers for _ in range(5)]
            assert {path: stamp(path) for path in kept} == in_place
        acknowledged += [op for writer in writers for op in rest(writer)]
        assert [writer.wait() for writer in writers] == [0] * 4
    assert len(acknowledged) == 320
    held = set()
    for folder in [campaign_folder(data), *kept]:
        for path in [*folder.glob("units/*.json"), *folder.glob("archive/*/*.json")]:
            held |= {row["op"] for row in json.loads(path.read_text())["events"].values()}
    assert set(acknowledged) <= held
    store = store_in(data)
    assert all(not store.verify(unit).faults for unit in store.units())


def stamp(folder: Path) -> dict[str, bytes]:
    """The records of a folder that is kept: nobody may write there any more."""
    return {path.name: path.read_bytes() for path in (folder / "units").iterdir()}


def test_seal_is_what_the_document_says(backup: Path) -> None:
    """docs/storage.md: the last 64 bytes are the SHA-256 of all before them."""
    before = backup.read_bytes()
    seal(backup)
    assert backup.read_bytes()[-71:-64] == before[-71:-64] == b"sha256:"

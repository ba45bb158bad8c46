"""Full, read-only and hostile disks: one clear error, and the old file whole."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from campaigns.entries import State
from storage.disk import files
from storage.errors import (
    Denied,
    Full,
    ReadOnly,
    StoreError,
    TooLarge,
    TooManyOpenFiles,
    Unreadable,
)
from storage.tiny.store import TinyStore
from tests.storage.processes import as_login
from tests.storage.samples import ITEM, NOW, OFFICER, SOURCE, UNIT, ZONE, change, unit_file

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another login")


@pytest.fixture
def store(tmp_path: Path) -> TinyStore:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=NOW)
    return store


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that other logins can come to: those of pytest are closed to them."""
    folder = Path(mkdtemp())
    yield folder
    rmtree(folder)


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a tmpfs with options at a new folder."""
    folder = tmp_path / "mounted"
    folder.mkdir()

    def mounted(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if (
            os.geteuid() != 0
            or subprocess.run(command, capture_output=True, check=False).returncode
        ):
            pytest.skip("a tmpfs cannot be mounted here")
        return folder

    yield mounted
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def the_old_file_stands(store: TinyStore, folder: Path, before: bytes) -> None:
    assert unit_file(folder).read_bytes() == before
    assert [path.name for path in (folder / "units").iterdir()] == [f"{UNIT}.json"]
    assert store.verify(UNIT).faults == ()


def test_a_limit_on_file_sizes(tmp_path: Path, store: TinyStore) -> None:
    before = unit_file(tmp_path).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), hard))
    try:
        with pytest.raises(Full) as raised:
            store.apply(UNIT, [change(note="x" * 3999)], by=OFFICER, at=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert raised.value.exit_code == 4
    assert unit_file(tmp_path).name in str(raised.value)
    the_old_file_stands(store, tmp_path, before)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)


def test_a_full_disk(mount: Callable[..., Path]) -> None:
    folder = mount("size=128k")
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=NOW)
    before = unit_file(folder).read_bytes()
    filler = folder / "filler"
    fill(filler)
    for _ in range(3):
        with pytest.raises(Full):
            store.apply(UNIT, [change()], by=OFFICER, at=NOW)
        the_old_file_stands(store, folder, before)
    with pytest.raises(Full):
        store.apply("new", [change("new/plan")], by=OFFICER, at=NOW)
    with pytest.raises(Full):
        TinyStore(folder, zone=ZONE, source=SOURCE).apply(UNIT, [change()], by=OFFICER, at=NOW)
    filler.unlink()
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults == ()


def test_every_amount_of_room(mount: Callable[..., Path]) -> None:
    folder = mount("size=256k")
    store = TinyStore(folder, zone=ZONE)
    refused = 0
    for number in range(400):
        try:
            store.apply(UNIT, [change(note=f"{number}" * 40)], by=OFFICER, at=NOW)
        except Full:
            refused += 1
        if refused > 3:
            break
    assert refused > 3
    assert store.verify(UNIT).faults == ()


def test_a_disk_without_room_for_another_file(mount: Callable[..., Path]) -> None:
    folder = mount("size=1m,nr_inodes=8")
    store = TinyStore(folder / "campaign", zone=ZONE)
    for number in range(8):
        try:
            store.apply(f"u{number}", [change(f"u{number}/plan")], by=OFFICER, at=NOW)
        except Full:
            break
    else:
        pytest.fail("the disk was never full")
    assert all(not store.verify(unit).faults for unit in store.units())


def test_a_read_only_file_system(mount: Callable[..., Path]) -> None:
    folder = mount("size=1m")
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    with pytest.raises(ReadOnly):
        store.apply(UNIT, [change(state=State.TODO)], by=OFFICER, at=NOW)
    with pytest.raises(ReadOnly):
        TinyStore(folder / "new", zone=ZONE).apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.read([UNIT])[UNIT].entries[ITEM].state is State.DONE


@ROOT_ONLY
@pytest.mark.parametrize("mode", [0o555, 0o444, 0o000, 0o111])
@pytest.mark.parametrize("closed", ["", "units", "locks"])
def test_a_folder_that_may_not_be_written(reachable: Path, mode: int, closed: str) -> None:
    folder = reachable
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    for path in folder.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    folder.chmod(0o777)
    (folder / closed).chmod(mode)
    asked = change(state=State.TODO)

    def work() -> str:
        try:
            store.apply(UNIT, [asked], by=OFFICER, at=NOW)
        except StoreError as error:
            return type(error).__name__
        return "written"

    # A folder that cannot get new files still holds those that are there.
    harmless = closed in ("", "locks") and mode in (0o555, 0o111)
    expected = "written" if harmless else Denied.__name__
    assert as_login(65534, 65534, [], 0o022, work) == expected


@ROOT_ONLY
def test_a_whole_store_that_may_not_be_read_is_an_error(reachable: Path) -> None:
    folder = reachable
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)

    def work() -> str:
        found = []
        for call in (
            lambda: store.read([UNIT]),
            lambda: store.read_as_of([UNIT], NOW),
            lambda: store.events(UNIT),
            store.units,
            lambda: store.changed_units("a.1.1"),
        ):
            try:
                call()
            except Denied:
                found.append("denied")
        return " ".join(found)

    assert as_login(65534, 65534, [], 0o022, work) == " ".join(["denied"] * 5)


@ROOT_ONLY
def test_one_file_that_may_not_be_read_is_a_fault(reachable: Path) -> None:
    folder = reachable
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    store.apply("other", [change("other/plan")], by=OFFICER, at=NOW)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    unit_file(folder).chmod(0o600)

    def work() -> str:
        records = store.read([UNIT, "other"])
        return f"{records[UNIT].fault} | {list(records['other'].entries)}"

    text = as_login(65534, 65534, [], 0o022, work)
    assert f"{UNIT}.json" in text.split(" | ")[0]
    assert "other/plan" in text.split(" | ")[1]


@pytest.mark.parametrize("spare", [0, 1])
def test_too_many_open_files(tmp_path: Path, store: TinyStore, spare: int) -> None:
    before = unit_file(tmp_path).read_bytes()
    lowest = os.open("/dev/null", os.O_RDONLY)
    os.close(lowest)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + spare, hard))
    try:
        with pytest.raises(TooManyOpenFiles):
            store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    the_old_file_stands(store, tmp_path, before)


def test_links_are_not_followed(tmp_path: Path, store: TinyStore) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(unit_file(tmp_path).read_bytes())
    before = elsewhere.read_bytes()
    unit_file(tmp_path).unlink()
    unit_file(tmp_path).symlink_to(elsewhere)
    fault = store.read([UNIT])[UNIT].fault
    assert fault is not None
    assert unit_file(tmp_path).name in str(fault)
    with pytest.raises(Unreadable):
        store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert elsewhere.read_bytes() == before
    assert unit_file(tmp_path).is_symlink()


@pytest.mark.parametrize("name", ["locks/x.lock", "locks/.x.lock.tmp", "units/.x.json.tmp"])
def test_links_in_the_way_of_a_write_are_not_followed(
    tmp_path: Path, store: TinyStore, name: str
) -> None:
    target = tmp_path / "target"
    (tmp_path / name).symlink_to(target)
    if name == "locks/x.lock":
        with pytest.raises(StoreError):
            store.apply("x", [change("x/plan")], by=OFFICER, at=NOW)
    else:
        store.apply("x", [change("x/plan")], by=OFFICER, at=NOW)
    assert not target.exists()


HARMLESS = {("locks/x.lock", "fifo"), ("units/.x.json.tmp", "fifo")}
"""A fifo can be locked like a file, and a leftover is removed whatever it is."""


@pytest.mark.parametrize("name", ["units/x.json", "locks/x.lock", "units/.x.json.tmp"])
@pytest.mark.parametrize("what", ["folder", "fifo"])
def test_what_is_no_file(tmp_path: Path, store: TinyStore, name: str, what: str) -> None:
    path = tmp_path / name
    if what == "folder":
        (path / "inside").mkdir(parents=True)
    else:
        os.mkfifo(path)
    if (name, what) in HARMLESS:
        store.apply("x", [change("x/plan")], by=OFFICER, at=NOW)
        return
    with pytest.raises(StoreError, match=r"x\.(json|lock)"):
        store.apply("x", [change("x/plan")], by=OFFICER, at=NOW)
    if name == "units/x.json":
        assert store.read(["x"])["x"].fault is not None
    assert store.read([UNIT])[UNIT].fault is None


@pytest.mark.parametrize("name", ["units", "locks", "definition", ""])
def test_a_file_in_the_way_of_a_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "campaign" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    store = TinyStore(tmp_path / "campaign", zone=ZONE)
    with pytest.raises(StoreError):
        store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert path.read_bytes() == b""


def test_an_interrupt_leaves_the_old_or_the_new_file(tmp_path: Path, store: TinyStore) -> None:
    for step in ("locked", "changed", "temporary-made", "synced", "replaced", "announced"):

        def interrupt(name: str, at: str = step) -> None:
            if name == at:
                raise KeyboardInterrupt

        interrupted = TinyStore(tmp_path, zone=ZONE, at_step=interrupt)
        with pytest.raises(KeyboardInterrupt):
            interrupted.apply(UNIT, [change(note=step)], by=OFFICER, at=NOW)
        assert store.verify(UNIT).faults == ()
        assert [path.name for path in (tmp_path / "units").iterdir()] == [f"{UNIT}.json"]
    store.apply(UNIT, [change(note="free again")], by=OFFICER, at=NOW)


@pytest.mark.parametrize("step", ["read", "temporary-made", "written", "synced", "replaced"])
def test_a_failing_disk_is_one_clear_error(tmp_path: Path, store: TinyStore, step: str) -> None:
    def fail(name: str) -> None:
        if name == step:
            raise OSError(5, "Input/output error")

    with pytest.raises(StoreError, match="Input/output error"):
        TinyStore(tmp_path, zone=ZONE, at_step=fail).apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults == ()
    assert [path.name for path in (tmp_path / "units").iterdir()] == [f"{UNIT}.json"]


def test_what_would_be_too_large_to_read_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change(note="old")], by=OFFICER, at=NOW)
    before = unit_file(tmp_path).read_bytes()
    monkeypatch.setattr(files, "MAX_BYTES", len(before) + 100)
    with pytest.raises(TooLarge) as refused:
        store.apply(UNIT, [change(note="n" * 200)], by=OFFICER, at=NOW)
    assert refused.value.exit_code == 4
    assert unit_file(tmp_path).read_bytes() == before
    assert store.read([UNIT])[UNIT].entries[ITEM].note == "old"
    assert [path.name for path in (tmp_path / "units").iterdir()] == [f"{UNIT}.json"]

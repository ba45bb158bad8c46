"""Two officers of one group, whatever their umask (root only)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from campaigns.entries import State
from storage.tiny.store import TinyStore
from tests.storage.processes import as_login
from tests.storage.samples import COLLEAGUE, NOW, OFFICER, SOURCE, UNIT, ZONE, change

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another login")

GROUP = 54321
FIRST, SECOND, STRANGER = 54001, 54002, 54003


def write(folder: Path, uid: int, umask: int, state: State) -> str:
    """A write by a login whose own group is another, and who belongs to GROUP."""
    who = OFFICER if uid == FIRST else COLLEAGUE
    asked = change(state=state)

    def work() -> str:
        store = TinyStore(folder, zone=ZONE, source=SOURCE)
        rev = store.apply(UNIT, [asked], by=who, at=NOW)[0].entry.rev
        faults = store.verify(UNIT).faults
        return f"{rev} {len(store.definition_records())} {list(map(str, faults))}"

    return as_login(uid, uid, [GROUP], umask, work)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A data folder as an administrator makes it: of the group, with setgid."""
    folder = Path(mkdtemp())
    os.chown(folder, 0, GROUP)
    folder.chmod(0o2770)
    yield folder
    rmtree(folder)


@pytest.mark.parametrize("umask", [0o077, 0o022, 0o027, 0o177])
def test_the_second_officer_is_not_locked_out(shared: Path, umask: int) -> None:
    folder = shared / "data" / "campaign"
    assert write(folder, FIRST, umask, State.DOING) == "1 1 []"
    assert write(folder, SECOND, umask, State.DONE) == "2 1 []"
    assert write(folder, FIRST, umask, State.VERIFIED) == "3 1 []"
    for path in (shared / "data", folder, *folder.rglob("*")):
        status = path.stat()
        assert status.st_gid == GROUP, path
        mode = 0o2770 if path.is_dir() else 0o660
        assert stat.S_IMODE(status.st_mode) == mode, path


def test_a_stranger_sees_nothing(shared: Path) -> None:
    folder = shared / "campaign"
    write(folder, FIRST, 0o022, State.DOING)

    def work() -> str:
        try:
            return str(TinyStore(folder, zone=ZONE).read([UNIT]))
        except Exception as error:
            return type(error).__name__

    assert as_login(STRANGER, STRANGER, [], 0o022, work) == "Denied"

"""Which file system a folder is on, from samples of /proc/self/mountinfo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.disk import mounts
from storage.disk.mounts import filesystem_type, is_network
from storage.errors import NetworkFileSystem
from storage.tiny.store import TinyStore
from tests.storage.samples import NOW, OFFICER, UNIT, ZONE, change

SAMPLE = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
30 22 0:40 / /srv rw,relatime shared:2 master:3 - nfs4 server:/export rw,vers=4.2
31 30 8:1 / /srv/local rw,relatime - xfs /dev/sda1 rw
32 22 0:41 / /mnt/shared\040folder rw - cifs //server/share rw
33 22 0:42 / /home/a/remote rw - fuse.sshfs a@host:/ rw
34 22 0:43 / /over rw - nfs server:/over rw
35 34 8:2 / /over rw - btrfs /dev/sdb rw
36 22 0:44 / /mnt/数据 rw - ext4 /dev/sdc rw
damaged line
37 22 0:45 /
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/home/a", "ext4"),
        ("/srv", "nfs4"),
        ("/srv/data/campaign", "nfs4"),
        ("/srvx", "ext4"),
        ("/srv/local/data", "xfs"),
        ("/srv/localx", "nfs4"),
        ("/mnt/shared folder/data", "cifs"),
        ("/home/a/remote/x", "fuse.sshfs"),
        ("/over/data", "btrfs"),
        ("/mnt/数据/x", "ext4"),
    ],
)
def test_the_longest_mount_point_wins(path: str, kind: str) -> None:
    assert filesystem_type(SAMPLE, path) == kind


def test_no_mounts_say_nothing() -> None:
    assert filesystem_type("", "/srv") is None


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse", "fuse.sshfs", "fuse.rclone"]
)
def test_network_file_systems(kind: str) -> None:
    assert is_network(kind)


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "tmpfs", "zfs", "overlay", "fuseblk", "fuse.mergerfs"]
)
def test_local_file_systems(kind: str) -> None:
    assert not is_network(kind)


def test_a_store_on_one_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path.resolve() / "shared"
    shared.mkdir()
    table = tmp_path / "mountinfo"
    escaped = str(shared).replace(" ", r"\040")
    table.write_text(f"1 0 8:1 / / rw - ext4 x rw\n2 1 0:9 / {escaped} rw - nfs4 s:/e rw\n")
    monkeypatch.setattr(mounts, "_MOUNTS", os.fspath(table))
    store = TinyStore(shared / "data" / "campaign", zone=ZONE)
    with pytest.raises(NetworkFileSystem, match="nfs4") as raised:
        store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert raised.value.exit_code == 4
    assert list(shared.iterdir()) == []
    store = TinyStore(tmp_path / "local", zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)

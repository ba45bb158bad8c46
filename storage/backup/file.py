"""Writing and reading a backup file (its contents: storage.backup.manifest)."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec.structs import replace

from campaigns.errors import UsageError
from i18n.messages import Message, msg
from storage.backup.histories import check_history, history_of
from storage.backup.manifest import (
    MANIFEST,
    Chain,
    Manifest,
    Member,
    decode,
    encode,
    member_unit,
    units_in,
)
from storage.disk.files import FILE_MODE, MAX_BYTES
from storage.errors import Corrupt, from_os_error, shown
from storage.unit.records import Malformed

CHUNK: Final = 1 << 20
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SEAL: Final = b"sha256:"
_HEX: Final = 64
_BROKEN: Final = (
    BadZipFile, EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
"""What zipfile raises for a file that is not a zip file, or a damaged one."""


class BackupWriter:
    """Writes files into a backup, then the manifest and the seal. Raises OSError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # A finished backup is closed already; the caller deletes an unfinished one.
        with suppress(OSError, ValueError):
            self._zip.close()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a file under its name in the campaign's folder."""
        sha256, size = hashlib.sha256(), 0
        with self._zip.open(_info(name), "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                sha256.update(chunk)
                size += len(chunk)
        self.members.append(Member(name, size, sha256.hexdigest()))

    def chains(self) -> tuple[Chain, ...]:
        """The history of each unit added so far, sorted by unit."""
        units = units_in(file.name for file in self.members)
        return tuple(history_of(unit, self._read) for unit in units)

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and the seal, and sync the file to disk."""
        with self._zip.open(_info(MANIFEST), "w") as member:
            member.write(encode(manifest))
        self._zip.comment = _SEAL + b"0" * _HEX
        self._zip.close()
        self._file.flush()
        digest = _digest_before_seal(self._file)
        self._file.seek(-_HEX, os.SEEK_END)
        self._file.write(digest.encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, name: str) -> bytes | None:
        try:
            return self._zip.read(name)
        except KeyError:
            return None


class BackupReader:
    """An open backup, whose seal, manifest, names and sizes have been checked."""

    def __init__(self, file: BinaryIO, path: bytes) -> None:
        self._path = path
        with self.reading():
            _check_seal(file)
            self._zip = ZipFile(file)
            self._members = _members(self._zip)
            self.manifest = decode(self._manifest_text())
            self._listed = {member.name: member for member in self.manifest.files}
            self._check_members()

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The content of a file in the backup. Raises Corrupt, at its end for a wrong SHA-256."""
        sha256, size = hashlib.sha256(), 0
        with self.reading(), self._zip.open(self._members[member.name]) as file:
            while chunk := file.read(CHUNK):
                sha256.update(chunk)
                size += len(chunk)
                yield chunk
            if (size, sha256.hexdigest()) != (member.size, member.sha256):
                raise Malformed(msg("{name} does not match its SHA-256", name=member.name))

    def verify(self) -> Manifest:
        """Read every file, and check the history of each unit. Raises Corrupt.

        Gives the manifest with the histories as they are found now.
        """
        for member in self.manifest.files:
            for _ in self.chunks(member):
                pass
        with self.reading():
            found = tuple(check_history(chain, self._read) for chain in self.manifest.chains)
        return replace(self.manifest, chains=found)

    def _read(self, name: str) -> bytes | None:
        member = self._listed.get(name)
        return None if member is None else b"".join(self.chunks(member))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn the errors that a damaged backup leads to into Corrupt."""
        try:
            yield
        except Malformed as malformed:
            raise _corrupt(self._path, malformed.what) from malformed
        except _BROKEN as error:
            raise _corrupt(self._path, msg("it is not a complete backup")) from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # from seeking to before the start of the file
                raise from_os_error(error, self._path) from error
            raise _corrupt(self._path, msg("it is not a complete backup")) from error

    def _manifest_text(self) -> bytes:
        info = self._members.get(MANIFEST)
        if info is None or info.file_size > MAX_BYTES:
            raise Malformed(msg("it has no manifest"))
        return self._zip.read(info)

    def _check_members(self) -> None:
        """Raise Malformed unless the backup has exactly the files that its manifest lists."""
        listed = {name: member.size for name, member in self._listed.items()}
        held = {name: info.file_size for name, info in self._members.items() if name != MANIFEST}
        if listed != held:
            raise Malformed(msg("its files are not the ones that its manifest lists"))
        for name, size in listed.items():
            if size > MAX_BYTES and member_unit(name) is not None:
                raise Malformed(msg("{name} is too large to be a unit's record", name=name))


@contextmanager
def open_backup(path: bytes) -> Iterator[BackupReader]:
    """Open a backup and check its seal and manifest.

    Raises UsageError (exit code 2) if there is no such file or it cannot be read, and Corrupt
    (exit code 4) if it is damaged or not a backup.
    """
    with _opened(path) as file:
        yield BackupReader(file, path)


def _opened(path: bytes) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            msg("{file} cannot be read: {reason}.", file=shown(path), reason=reason)
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UsageError(msg("{file} is not a file. Name a backup.", file=shown(path)))
    return os.fdopen(descriptor, "rb")


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, so that external_attr is read as a mode
    info.external_attr = (stat.S_IFREG | FILE_MODE) << 16
    return info


def _digest_before_seal(file: BinaryIO) -> str:
    """The SHA-256 of everything but the last 64 bytes."""
    left = file.seek(0, os.SEEK_END) - _HEX
    file.seek(0)
    sha256 = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        sha256.update(chunk)
        left -= len(chunk)
    return sha256.hexdigest()


def _check_seal(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    seal = len(_SEAL) + _HEX
    if size < seal:
        raise Malformed(msg("it is not a complete backup"))
    file.seek(size - seal)
    found = file.read(seal)
    if not found.startswith(_SEAL):
        raise Malformed(msg("it is not a complete backup"))
    if found.removeprefix(_SEAL) != _digest_before_seal(file).encode():
        raise Malformed(msg("it was altered or cut off after it was written"))


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """The files by name. Raises Malformed for anything that a backup never has."""
    members: dict[str, ZipInfo] = {}
    for info in archive.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        plain = info.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not info.flag_bits & 1
        if info.orig_filename != info.filename or info.is_dir() or kind != stat.S_IFREG:
            raise Malformed(msg("{name} in it is not a file", name=info.filename[:80]))
        if info.filename in members or not plain:
            raise Malformed(msg("{name} in it is stored the wrong way", name=info.filename[:80]))
        members[info.filename] = info
    return members


def _corrupt(path: bytes, what: Message) -> Corrupt:
    return Corrupt(
        msg("{file} cannot be trusted: {what}. Nothing was changed; use another backup.",
            file=shown(path), what=what)
    )  # fmt: skip

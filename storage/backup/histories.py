"""The units' histories in a backup, read from the zip file or from unpacked files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from i18n.messages import msg
from storage.backup.manifest import Chain
from storage.disk.layout import Layout
from storage.errors import NewerSchema, StoreError
from storage.unit.chain import chain_faults
from storage.unit.document import GENESIS, Tables, decode, head_of, last_number, start_of
from storage.unit.records import Malformed

Read = Callable[[str], bytes | None]
"""Gives the content of a file by its name in the campaign's folder, None if there is none."""

_HERE = Layout(b"")


def history_of(unit: str, read: Read) -> Chain:
    """A unit's history, including its archive."""
    try:
        tables = _tables(unit, _HERE.unit_file(unit), read)
    except (StoreError, Malformed) as error:
        return Chain(unit, 0, GENESIS, sound=False, checked=not isinstance(error, NewerSchema))
    sound, checked = False, True
    try:
        archived = list(_archived(unit, tables, read))[::-1]
        sound = not chain_faults(unit, tables, archived)
    except (StoreError, Malformed) as error:
        checked = not isinstance(error, NewerSchema)
    return Chain(unit, last_number(tables), head_of(tables), sound, checked)


def check_history(listed: Chain, read: Read) -> Chain:
    """A unit's history as found now. Raises Malformed unless it is as `listed` in the manifest.

    If only a newer duban can check it, the listed history is given as unchecked. A history
    that the duban which took the backup was too old to read may turn out to be sound.
    """
    found = history_of(listed.unit, read)
    if not found.checked:
        return replace(listed, sound=False, checked=False)
    if found != listed and (listed.sound or listed.events):
        raise Malformed(msg("the history of {unit} is broken", unit=listed.unit))
    return found


def _archived(unit: str, tables: Tables, read: Read) -> Iterator[Tables]:
    """The archived parts before the events of these tables, newest first."""
    while (start := start_of(tables)).earlier:
        tables = _tables(unit, _HERE.archive_part(unit, start.earlier), read)
        if start_of(tables).first != start.earlier or last_number(tables) != start.first - 1:
            raise Malformed(msg("it is not a part of the archive"))
        yield tables


def _tables(unit: str, path: bytes, read: Read) -> Tables:
    data = read(path.removeprefix(b"/").decode())
    if data is None:
        raise Malformed(msg("it is missing"))
    return decode(data, unit, path, strict_keys=True).tables

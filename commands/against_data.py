"""`duban check --against-data`: which answers would a definition orphan?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import replace

from campaigns.entries import Entry
from campaigns.history import UnitRecord
from campaigns.loader import Loaded
from campaigns.schedule import Schedule
from commands import locate
from commands.context import make_store
from commands.output import Console, one_line
from i18n.messages import msg

ORPHANED = 1
STORE_FAULT = 4


def compare(
    loaded: Loaded, options: Namespace, environ: Mapping[str, str], console: Console
) -> int:
    """Print every stored answer whose item this definition does not make.

    Gives 1 where there is one, 4 where a unit's record cannot be read.
    """
    store = make_store(loaded, locate.data_folder(options.data, environ))
    records = store.read(store.units())
    tr = console.tr
    orphans = list(_orphans(loaded, records))
    for key, entry in orphans:
        by, rev = entry.recorded_by or "", entry.rev
        text = tr("{item}: {state}, recorded by {by}, revision {rev}: no item of this definition",
                  item=key, state=entry.state, by=by, rev=rev)  # fmt: skip
        console.print(one_line(text))
    faults = [record.fault for record in records.values() if record.fault is not None]
    for fault in faults:
        console.complain(fault)
    if faults:
        return STORE_FAULT
    if not orphans:
        console.print(tr("Every answer has its item in this definition."))
        return 0
    console.complain(msg("Answers without an item are kept, and come back if the item does."))
    return ORPHANED


def _orphans(loaded: Loaded, records: Mapping[str, UnitRecord]) -> Iterator[tuple[str, Entry]]:
    """The entries of units that are gone, and those of items that their unit has not."""
    schedule = Schedule(loaded.campaign)
    units = {unit.id: unit for unit in loaded.campaign.units}
    for name, record in records.items():
        unit = units.get(name)
        items = schedule.items(unit, record.incidents) if unit is not None else ()
        keys = {item.key for item in items}
        for key, entry in record.entries.items():
            if key not in keys and _is_answer(entry):
                yield key, entry


def _is_answer(entry: Entry) -> bool:
    """Whether anything is recorded; an entry that was taken back holds nothing."""
    return replace(entry, recorded_at=None, recorded_by=None, rev=0) != Entry()

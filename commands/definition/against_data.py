"""`duban check --against-data`: what a definition would change, and which answers it orphans."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from campaigns.clock import zone_of
from campaigns.definition import Campaign, Source
from campaigns.plain_text import one_line
from campaigns.reading.loader import Loaded, read
from campaigns.reading.problems import InvalidDefinition
from campaigns.standing.difference import Difference, ItemsChanged, difference
from campaigns.terms import state_name
from campaigns.words.difference import sentences
from commands.lookup import paths
from commands.lookup.context import make_store
from commands.output import payload
from commands.output.console import STORE_FAULT, Console
from i18n.messages import msg

ORPHANED: Final = 1
_INDENT: Final = "    "
_MOST_REMOVED: Final = 100


def compare(
    loaded: Loaded, options: Namespace, environ: Mapping[str, str], console: Console
) -> int:
    """Print how a definition differs from the one in force, without putting it in force.

    Gives 1 if an answer is or would be orphaned, 4 if a unit's record cannot be read. Raises
    StoreError.
    """
    store = make_store(loaded, paths.data_folder(options.data, environ))
    records = store.read(store.units())
    in_force = store.definition_in_force()
    before = _in_force(in_force, loaded, console)
    found = difference(before, loaded.campaign, records)
    faults = [record.fault for record in records.values() if record.fault is not None]
    zone = zone_of(loaded.campaign.timezone)
    if options.format == "json":
        console.print_json(_payload(loaded.campaign, found, zone))
    else:
        _print(found, console, zone, is_first=in_force is None, is_whole=not faults)
    for fault in faults:
        console.complain(fault)
    if faults:
        return STORE_FAULT
    if found.orphans:
        console.complain(
            msg("Answers without an item are kept, and count again if the item comes back.")
        )
    return ORPHANED if found.orphans else 0


def _in_force(source: Source | None, loaded: Loaded, console: Console) -> Campaign:
    """The definition in force, or `loaded` if there is none yet or it cannot be read."""
    if source is None or source.digest == loaded.source.digest:
        return loaded.campaign
    try:
        return read(source)
    except InvalidDefinition:
        console.complain(
            msg("The definition in force can no longer be read, so only answers are compared.")
        )
        return loaded.campaign


def _print(
    found: Difference, console: Console, zone: tzinfo, *, is_first: bool, is_whole: bool
) -> None:
    tr = console.tr
    for sentence in sentences(found, tr, zone):
        console.print(one_line(sentence.text))
        _print_removed(sentence.removed, console)
    for key, entry in found.orphans:
        by, rev = entry.recorded_by or "", entry.rev
        text = tr("{item}: {state}, recorded by {by}, revision {rev}: no item of this definition",
                  item=key, state=tr.render(state_name(entry.state)), by=by, rev=rev)  # fmt: skip
        console.print(one_line(_INDENT + text))
    if is_first:
        console.print(tr("No definition is in force yet: the first change puts this one in force."))
    elif not found:
        console.print(tr("Items and deadlines are the same as in the definition in force."))
    if not found.orphans and is_whole:
        console.print(tr("Every answer has its item in this definition."))
    elif not found.orphans:
        console.print(tr("Every answer that can be read has its item in this definition."))


def _print_removed(keys: Sequence[str], console: Console) -> None:
    tr = console.tr
    for key in keys[:_MOST_REMOVED]:
        text = tr("removed: {item}", item=key)
        console.print(one_line(_INDENT + text))
    rest = len(keys) - _MOST_REMOVED
    if rest > 0:
        console.print(_INDENT + tr.count("and 1 more", "and {n} more", rest))


def _payload(campaign: Campaign, found: Difference, zone: tzinfo) -> dict[str, Any]:
    """The difference as JSON, with every item by its key."""

    def keys(kind: str) -> list[str]:
        return [key for each in found.items if each.kind == kind for key in each.keys]

    return {
        "format": payload.FORMAT,
        "campaign": campaign.id,
        "units_added": [unit.id for unit in found.units_added],
        "units_removed": [unit.id for unit in found.units_removed],
        "retitled": [
            {"activity": each.activity, "from": each.before, "to": each.after}
            for each in found.retitled
        ],
        "added": keys("added"),
        "removed": keys("removed"),
        "moved": [row for each in found.items for row in _moved(each, zone)],
        "renamed": [{"from": old, "to": new} for old, new in found.moving],
        "orphans": [
            {
                "item": key,
                "state": entry.state.value,
                "recorded_by": entry.recorded_by,
                "rev": entry.rev,
            }
            for key, entry in found.orphans
        ],
    }


def _moved(change: ItemsChanged, zone: tzinfo) -> list[dict[str, str | None]]:
    if change.kind != "moved":
        return []
    before, after = _iso(change.before, zone), _iso(change.after, zone)
    return [{"item": key, "from": before, "to": after} for key in change.keys]


def _iso(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")

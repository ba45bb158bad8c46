"""`duban log`: who changed what and when, and whether the history is unbroken."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from campaigns.errors import UsageError
from campaigns.history import Event, lineage
from campaigns.ids import ItemKey
from campaigns.overviews.chronicle import Placed, placed
from campaigns.plain_text import one_line
from campaigns.scalars import parse_duration
from campaigns.standing.answers import earlier_keys
from campaigns.terms import state_name
from campaigns.words.events import event_details
from commands.lookup import names
from commands.lookup.context import Context, open_context
from commands.lookup.item import unit_and_item
from commands.lookup.moments import after, read_moment
from commands.output.console import Console
from commands.output.instants import short
from commands.output.table import Column, lay_out
from i18n.messages import msg
from storage.errors import StoreError
from storage.unit.records import event_dict


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print the history of the chosen units, or check it with `--verify` or `--anchor`.

    Gives 4 if a unit cannot be read or its history is broken, after printing all the others.
    """
    context = open_context(options, environ, console)
    units = _units(options, context)
    if options.anchor is not None:
        from commands.history.anchor import anchor

        return anchor(options, context, units)
    if options.verify:
        if context.desk.as_of is not None:
            raise UsageError(
                msg("--verify checks the whole history. With --as-of, give --anchor DIGEST too.")
            )
        from commands.history.verify import verify

        return verify(context, units, as_json=options.format == "json")
    events, code = _events(context, units)
    chosen = _chosen(options, context, events)
    if options.format == "json":
        console.print_json([event_dict(event, context.desk.zone) for event in chosen])
    elif chosen:
        _print_table(context, chosen)
    elif not code:
        # Not said if a unit cannot be read: something may have been recorded there.
        console.note(console.tr("Nothing was recorded."))
    return code


def _units(options: Namespace, context: Context) -> list[str]:
    """The ids of the chosen units, or of all; those that have left the roster come last."""
    desk = context.desk
    known = [unit.id for unit in desk.campaign.units]
    gone = sorted({*desk.store.units()} - {*known})
    everyone = known + gone
    for texts in (options.unit, [] if options.item is None else [options.item.partition("/")[0]]):
        chosen = {
            text if text in gone else names.find_unit(desk.campaign, text).id for text in texts
        }
        everyone = [unit for unit in everyone if not chosen or unit in chosen]
    return everyone


def _events(context: Context, units: list[str]) -> tuple[list[Event], int]:
    """The events of these units in the order of recording, and the exit code."""
    code = 0
    found: list[Placed] = []
    for unit in units:
        try:
            found += placed(unit, context.desk.store.events(unit))
        except StoreError as error:
            code = context.console.fail(error)
    return [place.event for place in sorted(found)], code


def _chosen(options: Namespace, context: Context, events: list[Event]) -> list[Event]:
    as_of = context.desk.as_of
    first = None if options.since is None else _since(options.since, context)
    of_item = None if options.item is None else _events_of(options.item, context, events)
    return [
        event
        for event in events
        if (as_of is None or event.recorded_at <= as_of)
        and (first is None or event.recorded_at >= first)
        and (of_item is None or event.id in of_item)
    ]


def _since(text: str, context: Context) -> datetime:
    """The start of `--since`: a time, or a duration such as `3d` before now."""
    ago = parse_duration(text)
    if ago is None:
        return read_moment(text, context.desk.zone)
    return after(context.desk.zone, context.desk.now(), replace(ago, count=-ago.count), text)


def _events_of(text: str, context: Context, events: list[Event]) -> frozenset[str]:
    """The ids of an item's events, including those under its earlier keys (`was`).

    An item that is no longer in the definition still has its history.
    """
    key = names.normal(text)
    if ItemKey.parse(key) is None or all(event.item != key for event in events):
        key = unit_and_item(context, text)[1].key
    of_unit = [event for event in events if event.item.partition("/")[0] == key.partition("/")[0]]
    own = _history(of_unit, key)
    for earlier in earlier_keys(context.desk.campaign, key):
        own = own or _history(of_unit, earlier)
    return frozenset(own) | {event.id for event in of_unit if event.item == key}


def _history(events: list[Event], key: str) -> list[str]:
    steps = [(event.item, event.continues) for event in events]
    return [events[number].id for number in lineage(steps, key)]


def _print_table(context: Context, events: list[Event]) -> None:
    console, tr = context.console, context.console.tr
    columns = [
        Column(tr("recorded")),
        Column(tr("who"), gives_way=True, least=6),
        Column(tr("item"), gives_way=True, least=30),
        Column(tr("state")),
        Column(tr("details"), gives_way=True, least=10),
    ]
    rows = [_row(context, event) for event in events]
    for line in lay_out(columns, rows, width=console.width):
        console.print(line)


def _row(context: Context, event: Event) -> list[str]:
    tr = context.console.tr
    shown = partial(short, zone=context.desk.zone)
    return [
        shown(event.recorded_at),
        one_line(event.who.login),
        one_line(event.item),
        tr.render(state_name(event.after.state)),
        one_line("  ".join(event_details(event, tr, context.desk.campaign, shown))),
    ]

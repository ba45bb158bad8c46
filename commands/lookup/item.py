"""The one item that a command is about: finding it, and printing its state."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from campaigns.blank import is_blank
from campaigns.definition import Unit
from campaigns.entries import Entry
from campaigns.errors import UsageError
from campaigns.history import UnitRecord
from campaigns.items import Item
from campaigns.plain_text import one_line
from campaigns.standing.board import Line
from campaigns.timing import judge
from campaigns.words.entries import bare_figure, entry_parts
from campaigns.words.standing import standing
from commands.lookup.context import Context
from commands.lookup.names import find_item
from commands.output.payload import item_payload
from i18n.messages import msg
from storage.errors import StoreError
from storage.protocol import Outcome

_LONGEST_OP = 128


def unit_and_item(context: Context, text: str) -> tuple[Unit, Item]:
    """The item that a text names, and its unit. Raises UsageError, and StoreError."""

    def items_of(unit: Unit) -> Sequence[Item]:
        return context.desk.schedule.items(unit, _record(context, unit).incidents)

    item = find_item(context.desk.campaign, text, items_of)
    unit = next(unit for unit in context.desk.campaign.units if unit.id == item.unit)
    return unit, item


def operation_id(text: str | None) -> str:
    """The operation id that was given, else a new one. Raises UsageError for an invalid one."""
    if text is None:
        from uuid import uuid4

        return uuid4().hex
    if not (0 < len(text) <= _LONGEST_OP and text.isprintable()):
        raise UsageError(
            msg("The operation id is not valid. Give 1 to {n} characters.", n=_LONGEST_OP)
        )
    return text


def checked_text(text: str | None) -> str | None:
    """A note from the command line; empty if nothing in it can be seen.

    Raises UsageError for bytes that could not be decoded.
    """
    if text is not None and any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError(
            msg("The note is not in the terminal's encoding. Type it again, or set the terminal "
                "to UTF-8.")
        )  # fmt: skip
    return "" if text is not None and is_blank(text) else text


def record(options: Namespace, context: Context, item: Item, work: Callable[[], Outcome]) -> None:
    """Carry out a change of an item, and print its entry. Raises what `work` raises.

    Others may be using another definition, so it is noted if the change puts this one in force
    (docs/storage.md, "Definitions").
    """
    console = context.console
    replaced = context.desk.replaced_definition()
    outcome = work()
    console.has_recorded = True
    if outcome.event is None:
        console.complain(msg("Nothing changed: the record already says this."))
    elif replaced is not None:
        console.complain(
            msg("This change put another definition in force. "
                "“duban check FILE --against-data” shows beforehand what differs.")
        )  # fmt: skip
    _print_entry(options, context, item, outcome.entry)


def _print_entry(options: Namespace, context: Context, item: Item, entry: Entry) -> None:
    """Print the state of an item: as in `status --format json`, or as one line."""
    line = Line(item, entry, *judge(item, entry, context.desk.clock()))
    if options.format == "json":
        context.console.print_json(item_payload(line, context.desk.zone))
    else:
        context.console.print(one_line(_in_words(context, line)))


def _in_words(context: Context, line: Line) -> str:
    tr = context.console.tr
    clock = partial(_clock, context)
    parts = entry_parts(line, tr, figure=bare_figure, moment=clock, deadline=clock)
    stands = tr.render(standing(line))
    if stands not in (line.item.key, line.item.title, parts[0]):
        parts.insert(1, stands)
    parts.append(tr("revision {n}", n=line.entry.rev))
    return "  ".join((line.item.key, line.item.title, *parts))


def _clock(context: Context, moment: datetime) -> str:
    return moment.astimezone(context.desk.zone).strftime("%Y-%m-%d %H:%M")


def _record(context: Context, unit: Unit) -> UnitRecord:
    record = context.desk.records([unit])[unit.id]
    if record.fault is not None:
        raise StoreError(record.fault)
    return record

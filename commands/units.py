"""`duban units list`: list the campaign's units."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Final

from campaigns.definition import Campaign, Unit
from campaigns.plain_text import one_line
from commands.lookup import names
from commands.lookup.context import open_campaign
from commands.output.console import Console
from commands.output.payload import Payload
from commands.output.table import Column, lay_out

_FIELDS: Final = ("id", "name", "kind", "tags", "parent", "active", "shifts_per_day", "liaison")


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print the units in the order of the definition."""
    campaign = open_campaign(options, environ, console).campaign
    units = list(campaign.units)
    if options.kind is not None:
        units = names.units_of_kind(campaign, names.find_kind(campaign, options.kind))
    match options.format:
        case "json":
            console.print_json([_payload(unit) for unit in units])
        case "csv":
            from commands.output.csv_text import table

            console.write(table(_FIELDS, map(_payload, units)))
        case _:
            _print_table(campaign, units, console)
    return 0


def _print_table(campaign: Campaign, units: list[Unit], console: Console) -> None:
    tr = console.tr
    columns = [
        Column(tr("id"), gives_way=True, least=16),
        Column(tr("name"), gives_way=True, least=12),
        Column(tr("kind")),
        Column(tr("liaison officer")),
        Column(tr("tags"), gives_way=True),
    ]
    rows = [
        [
            unit.id,
            one_line(unit.name),
            one_line(campaign.unit_kinds[unit.kind].name),
            one_line(unit.liaison.name),
            one_line(" ".join(unit.tags)),
        ]
        for unit in units
    ]
    for line in lay_out(columns, rows, width=console.width):
        console.print(line)


def _payload(unit: Unit) -> Payload:
    """One unit as JSON, with everything in its definition."""
    from msgspec.structs import asdict

    active = unit.active
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind,
        "tags": list(unit.tags),
        "parent": unit.parent,
        "active": {
            "from": active.first and active.first.isoformat(),
            "to": active.last and active.last.isoformat(),
        },
        "shifts_per_day": unit.shifts_per_day,
        "liaison": asdict(unit.liaison),
    }

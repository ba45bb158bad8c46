"""`duban log --verify`: check that the history of each unit is unbroken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campaigns.plain_text import one_line
from commands.lookup.context import Context
from commands.output import payload
from commands.output.console import STORE_FAULT
from commands.output.payload import Payload
from i18n.messages import msg
from storage.protocol import ChainReport
from storage.unit.chain import campaign_digest


def verify(context: Context, units: Iterable[str], *, as_json: bool) -> int:
    """Print each unit with faults, and the digest of the history. Gives 4 if there is a fault."""
    reports = reports_of(context, units)
    if as_json:
        context.console.print_json(verify_payload(context, reports))
    else:
        print_reports(context, reports)
    return code_of(context, reports)


def reports_of(context: Context, units: Iterable[str]) -> list[ChainReport]:
    """The store's report on each unit."""
    return [context.desk.store.verify(unit) for unit in units]


def code_of(context: Context, reports: Sequence[ChainReport]) -> int:
    """The exit code: 4, with a message on stderr, if there is a fault or a unit was not checked."""
    faulty = [report for report in reports if report.faults]
    if not faulty:
        return 0
    if any(report.checked for report in faulty):
        text = msg(
            "The history is broken. Compare it with a backup before recording anything more."
        )
    else:
        units = ", ".join(report.unit for report in faulty)
        text = msg("Not checked: {units}. The rest of the history is unbroken.", units=units)
    context.console.complain(text)
    return STORE_FAULT


def print_reports(context: Context, reports: Sequence[ChainReport]) -> None:
    """Print each unit with faults, and one line about them all."""
    console, tr = context.console, context.console.tr
    broken = [report for report in reports if report.faults]
    print_faults(context, broken)
    events = sum(report.events for report in reports)
    console.print(
        tr.count(
            "{n} event, {faults} units with faults, digest {digest}",
            "{n} events, {faults} units with faults, digest {digest}",
            events,
            faults=sum(report.checked for report in broken),
            digest=_digest(reports),
        )
    )


def print_faults(context: Context, broken: Iterable[ChainReport]) -> None:
    """Print the faults of units, one unit per line."""
    console, tr = context.console, context.console.tr
    for report in broken:
        faults = "; ".join(tr.render(fault) for fault in report.faults)
        console.print(one_line(f"{report.unit}: {faults}"))


def verify_payload(context: Context, reports: Sequence[ChainReport]) -> Payload:
    """The reports as JSON."""
    return {
        "format": payload.FORMAT,
        "campaign": context.desk.campaign.id,
        "digest": _digest(reports),
        "units": [{**fault_payload(context, report), "head": report.head} for report in reports],
    }


def fault_payload(context: Context, report: ChainReport) -> Payload:
    """The report on one unit as JSON, without its hash."""
    tr = context.console.tr
    return {
        "id": report.unit,
        "events": report.events,
        "faults": [tr.render(fault) for fault in report.faults],
        "checked": report.checked,
    }


def _digest(reports: Iterable[ChainReport]) -> str:
    return campaign_digest({report.unit: report.head for report in reports})

"""`duban log --anchor`: print the digest of the history for paper, or check one from paper."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from campaigns.errors import UsageError
from campaigns.plain_text import one_line
from commands.history.verify import (
    code_of,
    fault_payload,
    print_faults,
    print_reports,
    reports_of,
    verify_payload,
)
from commands.lookup.context import Context
from commands.output import payload
from commands.output.console import STORE_FAULT
from commands.output.instants import iso
from commands.output.payload import Payload
from i18n.messages import msg
from storage.protocol import ChainReport
from storage.tiny.anchors import Anchor, Histories

PRINT: Final = ""
"""The value of `--anchor` without a digest: print one."""

_DIGEST: Final = re.compile("[0-9a-f]{64}")
_GROUP: Final = 8


def anchor(options: Namespace, context: Context, units: Sequence[str]) -> int:
    """Print the anchor of the history, or find the past state that a given digest belongs to.

    Gives 4 if the history is broken, or never had the digest up to the given moment. Raises
    UsageError for an invalid digest, and for options that choose events, since an anchor
    covers the whole campaign.
    """
    if options.unit or options.item is not None or options.since is not None:
        raise UsageError(
            msg("An anchor covers the whole history. Leave out --unit, --item and --since.")
        )
    digest = None if options.anchor == PRINT else _read_digest(options.anchor)
    reports = reports_of(context, units)
    as_json = options.format == "json"
    if digest is None:
        return _print_anchor(context, reports, as_json=as_json)
    return _check(context, reports, digest, as_json=as_json)


def _read_digest(text: str) -> str:
    """A digest as typed from paper, perhaps in groups (`0123:4567`) or capitals."""
    digest = re.sub(r"[\s:-]", "", text).lower()
    if not _DIGEST.fullmatch(digest):
        raise UsageError(
            msg("“{text}” is not a digest. A digest has 64 digits, 0 to 9 and a to f.", text=text)
        )
    return digest


def _histories(context: Context, reports: Sequence[ChainReport]) -> Histories:
    """The events of every unit without faults."""
    readable = [report.unit for report in reports if not report.faults]
    return Histories({unit: context.desk.store.events(unit) for unit in readable})


def _print_anchor(context: Context, reports: Sequence[ChainReport], *, as_json: bool) -> int:
    """Print the anchor, unless the history is broken."""
    broken = [report for report in reports if report.faults]
    if broken:
        return _refuse(context, broken, as_json=as_json)
    found = _histories(context, reports).anchor(context.desk.now())
    if as_json:
        context.console.print_json(_payload(context, found))
    else:
        _print_paper(context, found)
    return 0


def _refuse(context: Context, broken: Sequence[ChainReport], *, as_json: bool) -> int:
    """Report the faults instead of an anchor, which would not cover the whole history."""
    if as_json:
        units = [fault_payload(context, report) for report in broken]
        at = iso(context.desk.now(), context.desk.zone)
        context.console.print_json({**_content(context, at, None, None), "units": units})
    else:
        print_faults(context, broken)
    code = code_of(context, broken)
    context.console.complain(
        msg("No digest is printed, because part of the history is damaged or could not be checked.")
    )  # fmt: skip
    return code


def _print_paper(context: Context, found: Anchor) -> None:
    """Print the anchor with the command that checks it, in lines of less than 80 columns."""
    console, tr, campaign = context.console, context.console.tr, context.desk.campaign
    at, digest = iso(found.at, context.desk.zone), found.digest
    groups = " ".join(digest[n : n + _GROUP] for n in range(0, len(digest), _GROUP))
    console.print(one_line(tr("Campaign: {id} {title}", id=campaign.id, title=campaign.title)))
    console.print(tr("As of: {time}", time=at))
    console.print(tr("Events: {n}", n=found.events))
    console.print(tr("Digest: {groups}", groups=groups))
    console.print(tr("To check: {command}", command=f"duban log --verify --as-of {at} --anchor \\"))
    console.print(digest)


def _check(context: Context, reports: Sequence[ChainReport], digest: str, *, as_json: bool) -> int:
    found = _histories(context, reports).find(digest, context.desk.now())
    if as_json:
        pinned = None if found is None else _payload(context, found)
        context.console.print_json({**verify_payload(context, reports), "anchor": pinned})
    else:
        print_reports(context, reports)
        if found is not None:
            _print_found(context, found)
    code = code_of(context, reports)
    if found is not None or not all(report.checked for report in reports):
        return code
    context.console.complain(
        msg("Up to {time} the history never had the digest {digest}. Compare it with the paper "
            "digit by digit. If it is right, events of that time were altered or are missing, or a "
            "clock was set back while they were recorded.",
            time=iso(context.desk.now(), context.desk.zone), digest=digest)
    )  # fmt: skip
    return STORE_FAULT


def _print_found(context: Context, found: Anchor) -> None:
    tr = context.console.tr
    at = iso(found.at, context.desk.zone)
    context.console.print(
        tr.count(
            "The digest matches the history up to {time}, with {n} event.",
            "The digest matches the history up to {time}, with {n} events.",
            found.events,
            time=at,
        )
    )


def _payload(context: Context, found: Anchor) -> Payload:
    return _content(context, iso(found.at, context.desk.zone), found.events, found.digest)


def _content(context: Context, at: str | None, events: int | None, digest: str | None) -> Payload:
    return {
        "format": payload.FORMAT,
        "campaign": context.desk.campaign.id,
        "as_of": at,
        "events": events,
        "digest": digest,
    }

"""`duban doctor`: check the installation, the terminal and the data, and say what to do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.clock import zone_of
from campaigns.errors import DubanError, UsageError
from campaigns.ids import is_id
from campaigns.plain_text import one_line
from commands.login import surroundings
from commands.lookup import paths
from commands.lookup.context import asked_now, open_campaign
from commands.lookup.moments import read_now
from commands.output import payload
from commands.output.console import STORE_FAULT, Console
from commands.output.table import fit, width_of
from i18n.messages import deferred, msg
from storage.disk.layout import Layout
from storage.health import checks
from storage.health.finding import Finding, Level, fault, ok
from storage.paths import store_folder

_COLORS: Final = {Level.OK: "32", Level.WARNING: "33", Level.FAULT: "31"}
_WORDS: Final = {
    Level.OK: deferred("ok"),
    Level.WARNING: deferred("warning"),
    Level.FAULT: deferred("fault"),
}


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print each finding in one line, with its remedy. Gives 4 if there is a fault.

    Raises UsageError for an unknown campaign.
    """
    found = list(_findings(options, environ, console))
    if options.format == "json":
        console.print_json(_payload(found, console))
    else:
        for finding in found:
            console.print(_line(finding, console))
    return STORE_FAULT if any(finding.level is Level.FAULT for finding in found) else 0


def _findings(
    options: Namespace, environ: Mapping[str, str], console: Console
) -> Iterator[Finding]:
    data = paths.data_folder(options.data, environ)
    zone = ZoneInfo("UTC")
    campaign = paths.campaign_name(options.campaign, environ)
    try:
        definition = open_campaign(options, environ, console).campaign
        campaign, zone = definition.id, zone_of(definition.timezone)
        yield ok("campaign", msg("{id}: valid", id=campaign))
    except UsageError:
        raise
    except DubanError as error:
        remedy = msg("“duban check FILE” lists every problem.")
        yield fault("campaign", error.message, remedy)
    yield from surroundings.findings(environ)
    if is_id(campaign):
        layout = Layout(store_folder(data, campaign))
        now = read_now(asked_now(options, environ), zone)
        yield from checks.findings(layout, now=now, zone=zone)


def _line(finding: Finding, console: Console) -> str:
    tr = console.tr
    width = max(width_of(tr(word)) for word in _WORDS.values())
    level = console.paint(fit(tr(_WORDS[finding.level]), width), _COLORS[finding.level])
    text = f"{finding.subject}: {tr.render(finding.fact)}"
    if finding.remedy is not None:
        # Some facts are error messages, and end in a full stop already.
        text = tr("{fact}. {remedy}", fact=text.rstrip(".。"), remedy=tr.render(finding.remedy))
    return f"{level}  {one_line(text)}"


def _payload(found: list[Finding], console: Console) -> payload.Payload:
    tr = console.tr
    return {
        "format": payload.FORMAT,
        "faults": sum(finding.level is Level.FAULT for finding in found),
        "warnings": sum(finding.level is Level.WARNING for finding in found),
        "findings": [
            {
                "level": finding.level.value,
                "subject": finding.subject,
                "fact": tr.render(finding.fact),
                "remedy": None if finding.remedy is None else tr.render(finding.remedy),
            }
            for finding in found
        ],
    }

"""`duban check`: check a campaign file, and compare it with what is recorded."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from campaigns.errors import UsageError
from campaigns.plain_text import one_line
from campaigns.reading.loader import Loaded, load
from campaigns.reading.problems import InvalidDefinition
from campaigns.scheduling.schedule import Schedule
from commands.lookup.context import speak
from commands.output.console import Console
from i18n.messages import msg


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print every problem of a definition, or one line of facts if it has none.

    Gives 3 if it is invalid, 1 if `--against-data` finds an answer that is or would be
    orphaned. Raises UsageError for `--format json` without `--against-data`.
    """
    if options.format == "json" and not options.against_data:
        raise UsageError(msg("“--format json” works only together with “--against-data”."))
    try:
        loaded = load(Path(options.file))
    except InvalidDefinition as error:
        console.list_problems(error, console.out)
        return error.exit_code
    speak(console, options.lang, environ, loaded.campaign.language)
    if options.against_data:
        from commands.definition.against_data import compare

        return compare(loaded, options, environ, console)
    console.print(facts(loaded, console))
    return 0


def facts(loaded: Loaded, console: Console) -> str:
    """The size of the campaign in one line, without items of events that are not logged yet."""
    campaign, tr = loaded.campaign, console.tr
    schedule = Schedule(campaign)
    items = sum(len(schedule.items(unit, ())) for unit in campaign.units)
    return one_line(
        tr(
            "{id}: valid; {units}, {activities}, {items}",
            id=campaign.id,
            units=tr.count("{n} unit", "{n} units", len(campaign.units)),
            activities=tr.count("{n} activity", "{n} activities", len(campaign.activities)),
            items=tr.count("{n} item", "{n} items", items),
        )
    )

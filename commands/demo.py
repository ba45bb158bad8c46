"""`duban demo`: open the interface on a bundled campaign with sample progress."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from campaigns.clock import instant, zone_of
from campaigns.definition import Campaign
from campaigns.errors import UsageError
from campaigns.reading.loader import Loaded, load
from campaigns.scheduling.schedule import Schedule
from commands.definition.sample_progress import batches
from commands.lookup import moments, paths
from commands.lookup.context import current_person, make_store, speak
from commands.output.console import Console, wants_color
from commands.tui import need_terminal
from desk.opening import Opening
from i18n.messages import msg

_MARK: Final = "duban-demo"
_BEGUN: Final = "begun\n"
_READY: Final = "ready\n"
_NOW: Final = (date(2022, 6, 15), time(10, 0))
_SITTINGS: Final = (
    (date(2022, 5, 31), time(9, 30)),
    (date(2022, 5, 31), time(17, 30)),
    (date(2022, 6, 1), time(18, 40)),
    (date(2022, 6, 6), time(16, 0)),
    (date(2022, 6, 8), time(18, 40)),
    (date(2022, 6, 10), time(11, 20)),
    (date(2022, 6, 14), time(16, 30)),
    (date(2022, 6, 15), time(9, 40)),
    _NOW,
)
"""When the office records the reports that came in, in the campaign's time zone."""


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int | Opening:
    """Write the demo's progress if there is none yet, and say how to open the interface.

    Raises UsageError if the data folder has progress that is not the demo's.
    """
    if options.campaign is not None:
        raise UsageError(
            msg("The demo has a campaign of its own. Leave -c out, or open yours without “demo”.")
        )
    if not options.prepare:
        need_terminal()
    path = _bundled_file()
    loaded = load(path)
    data = _data_folder(options, environ)
    speak(console, options.lang, environ, loaded.campaign.language)
    if options.fresh:
        _delete(data, loaded.campaign)
    _prepare(data, loaded, console)
    if options.prepare:
        console.print(str(data))
        return 0
    now = _now(options, loaded.campaign)
    return Opening(
        load=lambda: load(path),
        make_store=lambda read: make_store(read, data),
        clock=lambda: now,
        person=current_person(environ),
        tr=console.tr,
        ascii_only=options.ascii,
        color=wants_color(options.no_color, environ),
        mouse=options.mouse,
        data=data,
    )


def _bundled_file() -> Path:
    path = paths.bundled(paths.DEFAULT_CAMPAIGN)
    if path is None:
        raise UsageError(msg("The bundled campaign is missing. Install duban again."))
    return Path(path)


def _data_folder(options: Namespace, environ: Mapping[str, str]) -> Path:
    """The demo's own folder, or the one given by `-d`; never DUBAN_DATA with its real progress."""
    if options.data is not None:
        return Path(paths.data_folder(options.data, environ))
    return Path(paths.xdg_data_folder(environ), _MARK)


def _now(options: Namespace, campaign: Campaign) -> datetime:
    """The demo's fixed time, or the one given by `--now`."""
    zone = zone_of(campaign.timezone)
    return instant(zone, *_NOW) if options.now is None else moments.read_now(options.now, zone)


def _prepare(data: Path, loaded: Loaded, console: Console) -> None:
    """Write the sample progress if it is missing, continuing if it was interrupted."""
    campaign, mark = loaded.campaign, data / _MARK
    state = mark.read_text(encoding="utf-8") if mark.is_file() else None
    if (data / campaign.id).exists():
        if state == _READY:
            return
        if state is None:
            raise UsageError(
                msg(
                    "{folder} has progress that is not the demo's. Give another folder with -d.",
                    folder=str(data / campaign.id),
                )
            )
    console.complain(msg("Writing the sample progress ..."))
    data.mkdir(parents=True, exist_ok=True)
    mark.write_text(_BEGUN, encoding="utf-8")
    zone = zone_of(campaign.timezone)
    sittings = [instant(zone, day, at) for day, at in _SITTINGS]
    store = make_store(loaded, data)
    for batch in batches(campaign, Schedule(campaign), sittings):
        store.apply(batch.unit, batch.changes, by=batch.by, at=batch.at)
    mark.write_text(_READY, encoding="utf-8")


def _delete(data: Path, campaign: Campaign) -> None:
    """Delete the demo's progress, but nothing in a folder without the demo's mark."""
    mark = data / _MARK
    if mark.is_file():
        if (data / campaign.id).exists():
            shutil.rmtree(data / campaign.id)
        mark.unlink()

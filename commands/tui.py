"""`duban` and `duban tui`: how to open the interface. It is cli that imports it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.clock import zone_of
from campaigns.errors import UsageError
from campaigns.reading.problems import InvalidDefinition
from campaigns.reading.source import Loaded
from commands.lookup import moments, paths
from commands.lookup.context import asked_now, current_person, make_store, speak
from commands.output.console import Console, wants_color
from desk.opening import Opening
from i18n.messages import msg

if TYPE_CHECKING:
    from commands.lookup.options import Options

_DEFAULT_ZONE: Final = "Asia/Shanghai"


def run(options: Options, environ: Mapping[str, str], console: Console) -> Opening:
    """How to open the interface on the requested campaign.

    Raises UsageError without a terminal, for a missing campaign file and for an invalid
    time. An invalid definition is shown by the interface.
    """
    need_terminal()
    data = paths.data_folder(options.data, environ)
    load = paths.definition(options.campaign, environ, data)
    loaded = _first_look(load)
    speak(console, options.lang, environ, loaded.campaign.language if loaded else None)
    zone = zone_of(loaded.campaign.timezone if loaded else _DEFAULT_ZONE)
    text = asked_now(options, environ)
    now = moments.read_now(text, zone)
    return Opening(
        load=_loading(load, loaded),
        make_store=lambda read: make_store(read, data),
        clock=moments.real_clock if text is None else lambda: now,
        person=current_person(environ),
        tr=console.tr,
        ascii_only=options.ascii,
        color=wants_color(options.no_color, environ),
        as_of=moments.read_as_of(options.as_of, zone, now),
        mouse=options.mouse,
        data=Path(data),
    )


def need_terminal() -> None:
    """Raise UsageError without a terminal to draw on and to read keys from."""
    streams = (sys.stdin, sys.stdout)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise UsageError(
            msg("The interface needs a terminal. Scripts use “duban status --format json”.")
        )


def _first_look(load: Callable[[], Loaded]) -> Loaded | None:
    """The definition, for its language and time zone; None if it is invalid."""
    try:
        return load()
    except InvalidDefinition:
        return None


def _loading(load: Callable[[], Loaded], first: Loaded | None) -> Callable[[], Loaded]:
    """A function that returns what was already read, and after that reads again."""
    kept = [] if first is None else [first]
    return lambda: kept.pop() if kept else load()

"""Opens what a command works with: the campaign, its store, the clock and the person."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from campaigns.clock import zone_of
from campaigns.history import Person
from commands.lookup import moments, paths
from desk.desk import open_desk
from i18n.catalogue import choose_language, open_catalogue
from storage.paths import cache_folder, store_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from campaigns.reading.source import Loaded
    from commands.lookup.options import Options
    from commands.output.console import Console
    from desk.desk import Desk
    from storage.protocol import ProgressStore


class Context(Struct, frozen=True):
    """The desk that a command works at, whose clock stands still, and where it prints.

    `folder` is the store's, `caches` the login's own for caches, None if it has none.
    """

    desk: Desk
    folder: bytes
    caches: str | None
    console: Console


def open_context(options: Options, environ: Mapping[str, str], console: Console) -> Context:
    """Open the requested campaign, and print in its language unless another was chosen.

    Raises InvalidDefinition, and UsageError for an unknown name or an invalid time.
    """
    data = paths.data_folder(options.data, environ)
    load = paths.definition(options.campaign, environ, data)
    given = load()
    speak(console, options.lang, environ, given.campaign.language)
    zone = zone_of(given.campaign.timezone)
    now = moments.read_now(asked_now(options, environ), zone)
    desk = open_desk(
        given,
        make_store(given, data),
        clock=lambda: now,
        person=current_person(environ),
        load=load,
        as_of=moments.read_as_of(options.as_of, zone, now),
    )
    if desk.note is not None:
        console.complain(desk.note)
    if desk.loaded is not given:
        speak(console, options.lang, environ, desk.campaign.language)
    folder = store_folder(data, given.campaign.id)
    return Context(desk, folder, cache_folder(environ), console)


def open_campaign(options: Options, environ: Mapping[str, str], console: Console) -> Loaded:
    """Read only the campaign, and print in its language unless another was chosen."""
    data = paths.data_folder(options.data, environ)
    loaded = paths.definition(options.campaign, environ, data)()
    speak(console, options.lang, environ, loaded.campaign.language)
    return loaded


def make_store(loaded: Loaded, data: str | os.PathLike[str]) -> ProgressStore:
    """The store of a campaign's progress under a data folder."""
    from storage.tiny.store import TinyStore

    campaign = loaded.campaign
    folder = store_folder(data, campaign.id)
    return TinyStore(folder, zone=zone_of(campaign.timezone), source=loaded.source)


def asked_now(options: Options, environ: Mapping[str, str]) -> str | None:
    """The text of the fixed clock: `--now`, else DUBAN_NOW where it is not empty."""
    now: str | None = options.now
    return (environ.get("DUBAN_NOW") or None) if now is None else now


def speak(
    console: Console, asked: str | None, environ: Mapping[str, str], campaign: str | None
) -> None:
    """Let the console speak the language that was chosen."""
    language = choose_language(asked, environ, campaign)
    if language != console.tr.language:
        console.tr = open_catalogue(language)


def current_person(environ: Mapping[str, str]) -> Person:
    """Who runs this process: the login of its user id, and where its ssh comes from.

    The login is the system's word, not the environment's, which anybody can set.
    """
    import pwd

    uid = os.getuid()
    try:
        login = pwd.getpwuid(uid).pw_name
    except KeyError:
        login = str(uid)
    address = environ.get("SSH_CONNECTION", "").split(" ")[0]
    return Person(login, origin=address or None)

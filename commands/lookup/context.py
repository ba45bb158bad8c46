"""What a command works with: the campaign, its store, the clock, and who acts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.clock import zone_of
from campaigns.history import Person
from campaigns.scheduling.schedule import Schedule
from commands.lookup import moments, paths
from i18n.catalogue import choose_language, open_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from campaigns.definition import Campaign, Unit
    from campaigns.history import UnitRecord
    from campaigns.reading.source import Loaded
    from commands.lookup.options import Options
    from commands.output.console import Console
    from storage.protocol import ProgressStore


@dataclass(frozen=True, slots=True)
class Context:
    """The campaign and how to look at it. Instants are in UTC.

    In the past the campaign is the one that was in force then (storage.past). `folder`
    is where the store keeps its caches. `as_of` is the past instant that was asked for,
    None for the present.
    """

    loaded: Loaded
    schedule: Schedule
    store: ProgressStore
    folder: bytes
    zone: ZoneInfo
    now: datetime
    as_of: datetime | None
    person: Person
    console: Console

    @property
    def campaign(self) -> Campaign:
        """The definition."""
        return self.loaded.campaign

    @property
    def moment(self) -> datetime:
        """The instant at which everything is judged."""
        return self.now if self.as_of is None else self.as_of

    def records(self, units: list[Unit]) -> Mapping[str, UnitRecord]:
        """What is stored about these units, as of the moment asked for."""
        ids = [unit.id for unit in units]
        if self.as_of is None:
            return self.store.read(ids)
        return self.store.read_as_of(ids, self.as_of)


def open_context(options: Options, environ: Mapping[str, str], console: Console) -> Context:
    """Read the campaign that was asked for, and speak its language if no other was chosen.

    Raises InvalidDefinition, and UsageError for a name or a time that is none.
    """
    data = paths.data_folder(options.data, environ)
    given = open_campaign(options, environ, console)
    zone = zone_of(given.campaign.timezone)
    now = moments.read_now(asked_now(options, environ), zone)
    as_of = moments.read_as_of(options.as_of, zone, now)
    store = make_store(given, data)
    loaded = given
    if as_of is not None:
        loaded = _judging(store, given, as_of, console)
        speak(console, options.lang, environ, loaded.campaign.language)
    return Context(
        loaded=loaded,
        schedule=Schedule(loaded.campaign),
        store=store,
        folder=os.fsencode((data / given.campaign.id).absolute()),
        zone=zone_of(loaded.campaign.timezone),
        now=now,
        as_of=as_of,
        person=current_person(environ),
        console=console,
    )


def open_campaign(options: Options, environ: Mapping[str, str], console: Console) -> Loaded:
    """Read the campaign alone, and speak its language if no other was chosen."""
    data = paths.data_folder(options.data, environ)
    loaded = paths.definition(options.campaign, environ, data)()
    speak(console, options.lang, environ, loaded.campaign.language)
    return loaded


def _judging(store: ProgressStore, given: Loaded, as_of: datetime, console: Console) -> Loaded:
    """The definition that judges a past moment; stderr says where it is not the one given."""
    from storage.past import judging_at

    judging = judging_at(store, given, as_of)
    if judging.note is not None:
        console.complain(judging.note)
    return judging.loaded


def make_store(loaded: Loaded, data: Path) -> ProgressStore:
    """The store of a campaign's progress under a data folder."""
    from storage.tiny.store import TinyStore

    campaign = loaded.campaign
    folder = data / campaign.id
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

"""Every write of a unit goes through here (docs/storage.md, "One transaction")."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar

from campaigns.definition import Source
from campaigns.history import Person
from storage.disk import mounts
from storage.disk.files import Guard, Step, as_store_error
from storage.disk.layout import Layout
from storage.disk.locks import hold, make_data_folder, make_shared_folder
from storage.tiny import feed
from storage.tiny.book import Book
from storage.tiny.definitions import taking_up
from storage.unit.archiving import archive
from storage.unit.tinydb_file import UnitStorage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a store's writes need to know. `lock_timeout` is in seconds.

    `definition_seen` is the number of the definition that was in force when the store
    was opened, 0 for none.

    `at_step` is told each step that is done: locked, read, changed, temporary-made,
    written, synced, replaced, folder-synced, announced. Where events are archived, the
    same from temporary-made to folder-synced come before those of the unit's file: as
    archive-temporary-made … once for each part, and as operations-temporary-made ….
    """

    layout: Layout
    zone: tzinfo
    source: Source | None
    lock_timeout: float
    at_step: Step
    definition_seen: int = 0


def transact(
    setting: Setting, unit: str, work: Callable[[Book], T], *, by: Person, at: datetime
) -> T:
    """Do some work on a unit's book and commit it: all of it, or nothing if it raises.

    Work that records nothing writes nothing. Raises StoreError.
    """
    layout = setting.layout
    path = layout.unit_file(unit)
    _prepare(layout, setting.lock_timeout)
    lock = layout.unit_lock(unit)
    with (
        hold(lock, login=by.login, zone=setting.zone, limit=setting.lock_timeout) as held,
        as_store_error(path),
    ):
        setting.at_step("locked")
        storage = UnitStorage(path, unit)
        setting.at_step("read")
        result = work(Book(storage, layout, unit, setting.zone))
        setting.at_step("changed")
        if storage.changed:
            with _taking_up(setting, by, at):
                _archive(setting, unit, storage, held)
                storage.commit(setting.at_step, held)
            feed.announce(layout, unit)
            setting.at_step("announced")
    return result


def _archive(setting: Setting, unit: str, storage: UnitStorage, still_held: Guard) -> None:
    kept = archive(
        setting.layout,
        unit,
        storage.read(),
        limit=setting.lock_timeout,
        at_step=setting.at_step,
        still_held=still_held,
    )
    storage.write(kept)


def _taking_up(setting: Setting, by: Person, at: datetime) -> AbstractContextManager[None]:
    if setting.source is None:
        return nullcontext()
    return taking_up(
        setting.layout,
        setting.source,
        by=by,
        at=at,
        zone=setting.zone,
        limit=setting.lock_timeout,
        seen=setting.definition_seen,
    )


def _prepare(layout: Layout, limit: float) -> None:
    """Make the store's folders where they are missing, on a file system that can lock."""
    mounts.refuse_network(layout.folder)
    make_data_folder(os.path.dirname(layout.folder), limit)
    for folder in (layout.folder, layout.units, layout.locks, layout.definition):
        make_shared_folder(folder, limit)

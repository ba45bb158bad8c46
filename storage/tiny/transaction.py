"""The one way to write a unit's file (docs/storage.md, "One transaction")."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, tzinfo
from typing import TypeVar

from msgspec import Struct

from campaigns.definition import Source
from campaigns.history import Person
from storage.disk import mounts
from storage.disk.files import Guard, Step, as_store_error
from storage.disk.layout import Layout
from storage.disk.locks import hold, make_data_folder, make_shared_folder
from storage.tiny import feed
from storage.tiny.book import Book
from storage.tiny.definitions import putting_in_force
from storage.unit.archive import refuse_vanished
from storage.unit.archiving import archive
from storage.unit.tinydb_file import UnitStorage

T = TypeVar("T")


class WriteContext(Struct, frozen=True):
    """What every write of a store needs. `lock_timeout` is in seconds.

    `definition_seen` is the number of the definition that was in force when the store
    was opened, 0 for none.

    `at_step` is called after each step: locked, read, changed, temporary-made, written,
    synced, replaced, folder-synced, announced. If events are archived, the steps from
    temporary-made to folder-synced come first for each part, as archive-temporary-made and
    so on, then for the index, as operations-temporary-made and so on, then for the unit's file.
    """

    layout: Layout
    zone: tzinfo
    source: Source | None
    lock_timeout: float
    at_step: Step
    definition_seen: int = 0


def transact(
    context: WriteContext, unit: str, work: Callable[[Book], T], *, by: Person, at: datetime
) -> T:
    """Run `work` on a unit's book and commit what it records, or nothing if it raises.

    If it records nothing, nothing is written. Raises StoreError.
    """
    layout = context.layout
    path = layout.unit_file(unit)
    _prepare(layout, context.lock_timeout)
    lock = layout.unit_lock(unit)
    with (
        hold(lock, login=by.login, zone=context.zone, limit=context.lock_timeout) as held,
        as_store_error(path),
    ):
        context.at_step("locked")
        storage = UnitStorage(path, unit)
        if storage.is_new:
            refuse_vanished(layout, unit)
        context.at_step("read")
        result = work(Book(storage, layout, unit, context.zone))
        context.at_step("changed")
        if storage.changed:
            with _putting_in_force(context, by, at):
                _archive(context, unit, storage, held)
                storage.commit(context.at_step, held)
            feed.announce(layout, unit)
            context.at_step("announced")
    return result


def _archive(context: WriteContext, unit: str, storage: UnitStorage, still_held: Guard) -> None:
    kept = archive(
        context.layout,
        unit,
        storage.read(),
        limit=context.lock_timeout,
        at_step=context.at_step,
        still_held=still_held,
    )
    storage.write(kept)


def _putting_in_force(
    context: WriteContext, by: Person, at: datetime
) -> AbstractContextManager[None]:
    if context.source is None:
        return nullcontext()
    return putting_in_force(
        context.layout,
        context.source,
        by=by,
        at=at,
        zone=context.zone,
        limit=context.lock_timeout,
        seen=context.definition_seen,
    )


def _prepare(layout: Layout, limit: float) -> None:
    """Make the store's missing folders. Refuses a file system that may not support locks."""
    mounts.refuse_network(layout.folder)
    make_data_folder(os.path.dirname(layout.folder), limit)
    for folder in (layout.folder, layout.units, layout.locks, layout.definition):
        make_shared_folder(folder, limit)

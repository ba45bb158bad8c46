"""A definition never silently replaces a later one (docs/storage.md, "Definitions")."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from campaigns.definition import Source
from campaigns.errors import Conflict
from storage.errors import DefinitionChanged
from storage.tiny.store import TinyStore
from storage.unit import archiving
from tests.storage.samples import (
    COLLEAGUE,
    ITEM,
    NEXT_SOURCE,
    NOW,
    OFFICER,
    SOURCE,
    UNIT,
    ZONE,
    change,
    later,
)


def opened(folder: Path, source: Source | None = None) -> TinyStore:
    return TinyStore(folder, zone=ZONE, source=source)


def digests(folder: Path) -> list[str]:
    return [record.digest for record in opened(folder).definition_records()]


def test_what_is_in_force_is_the_definition_of_the_last_write(tmp_path: Path) -> None:
    assert opened(tmp_path).definition_in_force() is None
    opened(tmp_path, SOURCE).apply(UNIT, [change()], by=OFFICER, at=NOW)
    opened(tmp_path, NEXT_SOURCE).read([UNIT])
    assert opened(tmp_path).definition_in_force() == SOURCE
    opened(tmp_path, NEXT_SOURCE).apply(UNIT, [change(note="乙")], by=OFFICER, at=NOW)
    assert opened(tmp_path).definition_in_force() == NEXT_SOURCE


def test_a_session_with_a_superseded_definition_is_refused(tmp_path: Path) -> None:
    session = opened(tmp_path, SOURCE)
    session.apply(UNIT, [change(op="first")], by=OFFICER, at=NOW)
    session = opened(tmp_path, SOURCE)
    opened(tmp_path, NEXT_SOURCE).apply(UNIT, [change(note="乙")], by=COLLEAGUE, at=later(1))
    events = len(session.events(UNIT))
    with pytest.raises(DefinitionChanged, match="officer-b"):
        session.apply(UNIT, [change(note="丙")], by=OFFICER, at=later(2))
    with pytest.raises(Conflict):
        session.undo(UNIT, change().item, op="u", by=OFFICER, at=later(2))
    assert len(session.events(UNIT)) == events
    assert digests(tmp_path) == [SOURCE.digest, NEXT_SOURCE.digest]
    outcome = session.apply(UNIT, [change(op="first")], by=OFFICER, at=later(3))[0]
    assert outcome.event is not None, "an operation that was applied before is no write"


def test_opened_again_the_earlier_definition_may_come_back(tmp_path: Path) -> None:
    for minutes, source in enumerate((SOURCE, NEXT_SOURCE, SOURCE)):
        opened(tmp_path, source).apply(
            UNIT, [change(note=f"{minutes}")], by=OFFICER, at=later(minutes)
        )
    assert digests(tmp_path) == [SOURCE.digest, NEXT_SOURCE.digest, SOURCE.digest]


def test_back_and_forth_is_a_change_too(tmp_path: Path) -> None:
    opened(tmp_path, SOURCE).apply(UNIT, [change()], by=OFFICER, at=NOW)
    session = opened(tmp_path, NEXT_SOURCE)
    for minutes, source in enumerate((Source(SOURCE.files, "c3" * 32), SOURCE)):
        opened(tmp_path, source).apply(
            UNIT, [change(note=f"{minutes}")], by=OFFICER, at=later(minutes)
        )
    with pytest.raises(DefinitionChanged):
        session.apply(UNIT, [change(note="x")], by=OFFICER, at=later(9))


def test_sessions_that_opened_the_same_new_definition_both_write(tmp_path: Path) -> None:
    opened(tmp_path, SOURCE).apply(UNIT, [change()], by=OFFICER, at=NOW)
    sessions = [opened(tmp_path, NEXT_SOURCE) for _ in range(2)]
    for number in range(4):
        sessions[number % 2].apply(UNIT, [change(note=f"{number}")], by=OFFICER, at=later(number))
    assert digests(tmp_path) == [SOURCE.digest, NEXT_SOURCE.digest]


def test_of_two_that_begin_a_store_with_different_definitions_one_is_refused(
    tmp_path: Path,
) -> None:
    one, other = opened(tmp_path, SOURCE), opened(tmp_path, NEXT_SOURCE)
    one.apply(UNIT, [change()], by=OFFICER, at=NOW)
    with pytest.raises(DefinitionChanged):
        other.apply("村-2", [change("村-2/plan")], by=OFFICER, at=NOW)
    assert other.read(["村-2"])["村-2"].entries == {}


@pytest.mark.parametrize("archived", [False, True])
def test_a_definition_that_changes_the_time_zone_leaves_the_chain_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archived: bool
) -> None:
    if archived:
        monkeypatch.setattr(archiving, "MOST_LIVE_EVENTS", 1)
        monkeypatch.setattr(archiving, "LIVE_EVENTS_KEPT", 0)
    there = opened(tmp_path, SOURCE)
    there.apply(UNIT, [change(note="甲", received_at=NOW)], by=OFFICER, at=NOW)
    there.apply(UNIT, [change(note="乙")], by=OFFICER, at=later(1))
    elsewhere = TinyStore(tmp_path, zone=UTC, source=NEXT_SOURCE)
    elsewhere.apply(UNIT, [change(note="丙")], by=COLLEAGUE, at=later(2))
    undone = elsewhere.undo(UNIT, ITEM, op="u", by=COLLEAGUE, at=later(3))
    assert undone.entry.note == "乙"
    assert elsewhere.verify(UNIT).faults == ()

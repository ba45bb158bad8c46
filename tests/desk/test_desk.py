"""The desk on a real store: the present, the past, and a definition that has changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from campaigns.entries import Change, State
from campaigns.errors import UsageError
from desk.desk import Desk
from desk.opening import Opening
from tests.screens.sample import DEFINITION, NOON, opening_at, record

RENAMED = DEFINITION.replace("{id: plan, title", "{id: scheme, was: plan, title")
YESTERDAY = NOON - timedelta(days=1)


def state_of(desk: Desk, item: str) -> State:
    """How an item stands at the desk."""
    unit = next(unit for unit in desk.campaign.units if unit.id == item.partition("/")[0])
    return desk.line(unit, item).entry.state


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """A campaign in which the plan of the north came in yesterday and was checked today."""
    record(replace(opening_at(tmp_path), clock=lambda: YESTERDAY), "north/plan", State.DONE)
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.VERIFIED)
    return opening


def test_the_past_is_read_as_it_was(opening: Opening) -> None:
    desk, past = opening.desk(), replace(opening, as_of=YESTERDAY).desk()
    assert (desk.now(), past.now()) == (NOON, YESTERDAY)
    assert state_of(desk, "north/plan") is State.VERIFIED
    assert state_of(past, "north/plan") is State.DONE
    assert [len(one.events("north")) for one in (desk, past)] == [2, 1]


def test_an_item_that_is_gone_is_a_usage_error(opening: Opening) -> None:
    with pytest.raises(UsageError):
        state_of(opening.desk(), "north/nothing")


def test_a_renamed_activity_is_changed_and_undone_under_its_new_id(
    opening: Opening, tmp_path: Path
) -> None:
    (tmp_path / "campaign.yaml").write_text(RENAMED, encoding="utf-8")
    desk = opening.desk()
    north = desk.campaign.units[0]
    assert state_of(desk, "north/scheme") is State.VERIFIED
    assert desk.step(north, "north/scheme", "u1", 2, back=True).entry.state is State.DONE
    (outcome,) = desk.apply(north, [Change("north/scheme", "c1", state=State.RETURNED)])
    assert outcome.entry.rev == 4
    assert desk.step(north, "north/scheme", "u2", None, back=True).entry.state is State.DONE
    assert desk.step(north, "north/scheme", "r1", None, back=False).entry.state is State.RETURNED
    assert desk.step(north, "north/scheme", "u1", 2, back=True).entry.state is State.RETURNED


def test_a_changed_file_replaces_the_definition_with_the_next_change(
    opening: Opening, tmp_path: Path
) -> None:
    desk = opening.desk()
    assert desk.is_file_unchanged()
    assert (desk.replaced_definition(), desk.definition_change()) == (None, None)
    before = desk.loaded.source.digest
    (tmp_path / "campaign.yaml").write_text(RENAMED, encoding="utf-8")
    assert not desk.is_file_unchanged()
    changed = opening.desk()
    in_force = changed.replaced_definition()
    assert in_force is not None
    assert in_force.digest == before
    assert changed.definition_change() is not None
    past = replace(opening, as_of=YESTERDAY).desk()
    assert (past.replaced_definition(), past.definition_change()) == (None, None)
    assert past.loaded.source.digest == before


def test_units_that_left_the_roster_are_named(opening: Opening, tmp_path: Path) -> None:
    gone = DEFINITION.replace("  - {id: north, name: 北村, kind: village, tags: [山区]}\n", "")
    (tmp_path / "campaign.yaml").write_text(gone, encoding="utf-8")
    assert list(opening.desk().left()) == ["north"]

"""A store that was restored, moved or renamed is never answered for from a stale roll-up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import DEFINITION
from tests.commands.test_status_cache import FORMS, Desk, mark, warm

__all__ = ["warm"]

NOW = "2022-06-09T12:00"


def warm_up(desk: Desk) -> None:
    for path in desk.cached("rollup"):
        path.unlink()
    while not desk.cached("rollup"):
        desk.run("status", now=NOW)


def assert_true(desk: Desk) -> None:
    """Every form of status is the answer without a cache, before and after it is warm."""
    for form in FORMS:
        expected = desk.without_cache("status", "--format", form, now=NOW)
        for _ in range(2):
            assert desk.run("status", "--format", form, now=NOW) == expected


def done(desk: Desk) -> int:
    """How many items of the campaign are submitted."""
    table = desk.run("status", "--format", "csv", now=NOW).out.splitlines()
    column = table[0].split(",").index("done")
    return sum(int(row.split(",")[column]) for row in table[1:])


@pytest.fixture
def other(warm: Desk, tmp_path: Path) -> Desk:
    """The desk of another campaign with the same units, in the same data folder."""
    (tmp_path / "desk").mkdir()
    other = Desk(tmp_path / "desk")
    other.definition.write_text(DEFINITION.replace("id: small", "id: other"), encoding="utf-8")
    other.data = warm.data
    other.store = other.data / "other"
    other.home = warm.home
    return other


def test_a_restore_over_a_warm_store(warm: Desk, tmp_path: Path) -> None:
    file = str(tmp_path / "b.zip")
    assert warm.run("backup", file, now=NOW).code == 0
    mark("ycd", "summary", "done")(warm)
    warm_up(warm)
    assert done(warm) == 2
    assert warm.run("restore", file, "--force", now=NOW).code == 0
    assert done(warm) == 1
    assert_true(warm)


def test_a_store_that_was_moved_away(warm: Desk) -> None:
    warm.store.rename(warm.data / "small.old")
    assert done(warm) == 0
    assert_true(warm)
    mark("ycd", "plan", "done")(warm)
    mark("ycd", "summary", "done")(warm)
    warm_up(warm)
    assert done(warm) == 2
    assert_true(warm)


def test_a_data_folder_that_was_moved(warm: Desk, tmp_path: Path) -> None:
    warm.data = warm.data.rename(tmp_path / "elsewhere")
    warm.store = warm.data / "small"
    assert done(warm) == 1
    mark("ycd", "plan", "done")(warm)
    assert done(warm) == 2
    assert_true(warm)


def test_a_copy_that_is_put_in_place(warm: Desk, tmp_path: Path) -> None:
    shutil.copytree(warm.store, tmp_path / "copy", copy_function=shutil.copy2)
    mark("ycd", "plan", "done")(warm)
    warm_up(warm)
    warm.store.rename(tmp_path / "gone")
    (tmp_path / "copy").rename(warm.store)
    assert done(warm) == 1
    assert_true(warm)


def test_a_store_under_the_name_of_another_campaign(warm: Desk, other: Desk) -> None:
    warm.store.rename(other.store)
    for desk in (other, warm):
        assert_true(desk)
    assert (done(warm), done(other)) == (0, 1)
    mark("ycd", "plan", "done")(other)
    mark("ycd", "plan", "done")(warm)
    for desk in (other, warm):
        warm_up(desk)
        assert_true(desk)
    assert (done(warm), done(other)) == (1, 2)


def test_two_stores_that_exchange_their_names(warm: Desk, other: Desk) -> None:
    for item in ("plan", "summary", "big-1"):
        mark("ycd", item, "done")(other)
    warm_up(other)
    warm.store.rename(warm.data / "aside")
    other.store.rename(warm.store)
    (warm.data / "aside").rename(other.store)
    assert (done(warm), done(other)) == (3, 1)
    for desk in (warm, other):
        assert_true(desk)

"""Caches never change an answer: each is held against the answer without a cache."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.line import run
from storage.cache import cache_file
from tests.commands.conftest import DEFINITION

TICK: Final = 12_000_000
"""Longer than the coarsest clock of a file system's time stamps (ns)."""

UNITS: Final = ("ycc", "ycd", "mine")
ITEMS: Final = ("plan", "weekly@2022-06-01", "weekly@2022-06-08", "summary", "big-1", "news")
NOWS: Final = (
    *("2022-05-29T12:00", "2022-05-31T23:59", "2022-06-01T00:00", "2022-06-07T17:59"),
    *("2022-06-07T18:00", "2022-06-08T18:00", "2022-06-08T18:01", "2022-06-08T18:00:01"),
    *("2022-06-15T12:00+00:00", "2022-07-05 09:30", "2023-01-01", "2022-06-31T10:00", "soon"),
)
OPTIONS: Final[tuple[list[str], ...]] = (
    *([], [], [], ["--unit", "ycc"], ["--kind", "enterprise"], ["--section", "work"]),
    *(["--overdue"], ["--items"], ["--due-within", "3d"]),
)
FORMS: Final = ("short", "table", "csv", "json")


class Answer(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str


class Desk:
    """A campaign in a folder of its own, and `duban` run on it in this process."""

    def __init__(self, folder: Path) -> None:
        self.definition = folder / "small.yaml"
        self.definition.write_text(DEFINITION, encoding="utf-8")
        self.data = folder / "data"
        self.store = self.data / "small"
        self.cache = self.store / "cache"
        self.aside: list[bytes] = []

    def run(self, *arguments: str, now: str) -> Answer:
        environ = {"DUBAN_CAMPAIGN": str(self.definition), "DUBAN_DATA": str(self.data)}
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            arguments = ("--now", now, "--lang", "en", *arguments)
            code = run.run(arguments, environ, _no_interface)
        return Answer(code, out.getvalue(), err.getvalue())

    def without_cache(self, *arguments: str, now: str) -> Answer:
        """The answer where nothing can be read from a cache or written to one."""
        aside = self.store / "aside"
        if self.cache.exists():
            self.cache.rename(aside)
        if self.store.exists():
            self.cache.touch()
        try:
            return self.run(*arguments, now=now)
        finally:
            self.cache.unlink(missing_ok=True)
            if aside.exists():
                aside.rename(self.cache)


def _no_interface(_: object) -> NoReturn:
    raise AssertionError


Step = Callable[[Desk], None]


def mark(unit: str, item: str, state: str) -> Step:
    return lambda desk: _ignore(
        desk.run("mark", f"{unit}/{item}", state, "--note", "x", now="2022-06-09T12:00")
    )


def ask(form: str, options: list[str], now: str) -> Step:
    def step(desk: Desk) -> None:
        expected = desk.without_cache("status", "--format", form, *options, now=now)
        for _ in range(2):
            assert desk.run("status", "--format", form, *options, now=now) == expected

    return step


def spoil(name: str, how: str, place: int) -> Step:
    """Damage a cache file: cut it, change a byte, put an older one back, or worse."""

    def step(desk: Desk) -> None:
        path = desk.cache / name
        if not path.is_file():
            return
        data = path.read_bytes() or b"\n"
        desk.aside.append(data)
        at = place % len(data)
        path.unlink()
        match how:
            case "cut":
                path.write_bytes(data[:at])
            case "byte":
                path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            case "older":
                path.write_bytes(desk.aside[place % len(desk.aside)])
            case "garbage":
                path.write_bytes(b"{}\n" * 9)
            case "folder":
                path.mkdir()
            case "link":
                path.symlink_to(desk.definition)
            case "version":
                path.write_bytes(data.replace(b"duban-cache 1", b"duban-cache 0"))

    return step


def edit(old: str, new: str) -> Step:
    def step(desk: Desk) -> None:
        text = desk.definition.read_text(encoding="utf-8")
        desk.definition.write_text(text.replace(old, new), encoding="utf-8")

    return step


def damage(unit: str, data: bytes) -> Step:
    def step(desk: Desk) -> None:
        path = desk.store / "units" / f"{unit}.json"
        if path.exists():
            path.write_bytes(data)

    return step


def drop_unit(unit: str) -> Step:
    return lambda desk: (desk.store / "units" / f"{unit}.json").unlink(missing_ok=True)


def _ignore(_: object) -> None:
    return


units, names = st.sampled_from(UNITS), st.sampled_from(["rollup.json", "definition.json"])
hows = st.sampled_from(["cut", "byte", "older", "garbage", "folder", "link", "version"])
asks = st.builds(ask, st.sampled_from(FORMS), st.sampled_from(OPTIONS), st.sampled_from(NOWS))
steps = st.one_of(
    asks,
    asks,
    st.builds(mark, units, st.sampled_from(ITEMS), st.sampled_from(["done", "waived", "doing"])),
    st.builds(spoil, names, hows, st.integers(0, 1 << 16)),
    st.sampled_from(
        [
            edit("小活动", "大活动"),
            edit("2022-05-31", "2022-06-02"),
            edit("id: news", "id: gazette"),
            edit("  - {id: ycd, name: 荫城东村, kind: village}\n", ""),
            damage("ycc", b"{}"),
            damage("ycd", b""),
            drop_unit("ycc"),
        ]
    ),
)


@given(st.lists(steps, max_size=14))
@settings(max_examples=60, deadline=None)
def test_no_history_of_caches_changes_an_answer(history: list[Step]) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(cache_file, "_UNSETTLED", TICK)
        desk = Desk(Path(folder))
        mark("ycc", "plan", "done")(desk)
        for step in history:
            step(desk)
        for form in FORMS:
            ask(form, [], "2022-06-08T18:01")(desk)


@pytest.fixture
def warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose caches are filled for 2022-06-09 12:00."""
    monkeypatch.setattr(cache_file, "_UNSETTLED", TICK)
    desk = Desk(tmp_path)
    mark("ycc", "plan", "done")(desk)
    while not _is_complete(desk):
        desk.run("status", now="2022-06-09T12:00")
    return desk


def _is_complete(desk: Desk) -> bool:
    """Whether the roll-up has every unit: one that was just written is not relied on yet."""
    kept = cache_file.read(os.fsencode(desk.cache / "rollup.json"))
    return kept is not None and bool(kept["complete"])


@pytest.mark.parametrize("form", ["short", "table", "csv"])
def test_a_warm_answer_needs_neither_definition_nor_units(warm: Desk, form: str) -> None:
    """Shown by what it does not notice: a row that was forged under a good seal."""
    kept = cache_file.read(os.fsencode(warm.cache / "rollup.json"))
    kept["rows"][0][1] = "forged"
    kept["campaign"][1] = "forged"
    cache_file.write(os.fsencode(warm.cache / "rollup.json"), kept, str(warm.definition))
    assert "forged" in warm.run("status", "--format", form, now="2022-06-09T12:00").out


@pytest.mark.parametrize("form", ["short", "csv"])
@pytest.mark.parametrize(
    "step",
    [
        edit("小活动", "大活动"),
        edit("id: ycd, name: 荫城东村", "id: ycd, name: 东村"),
        edit("2022-05-31", "2022-06-12"),
        edit("  - {id: ycd, name: 荫城东村, kind: village}\n", ""),
        mark("ycd", "summary", "done"),
        damage("ycc", b"{}"),
        drop_unit("ycc"),
        spoil("rollup.json", "byte", 400),
        spoil("rollup.json", "cut", 400),
        spoil("rollup.json", "version", 0),
        ask("short", [], "2022-06-08T18:01"),
    ],
)
def test_what_changes_while_it_is_warm_is_noticed(warm: Desk, step: Step, form: str) -> None:
    before = warm.run("status", "--format", form, now="2022-06-09T12:00")
    step(warm)
    ask(form, [], "2022-06-09T12:00")(warm)
    ask(form, [], "2022-06-09T12:01")(warm)
    assert before.code == 1


def test_reading_makes_no_store(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.run("status", now="2022-06-09T12:00").code == 1
    assert not desk.data.exists()


def test_a_change_just_made_is_not_relied_on(warm: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one could carry the same time stamp."""
    monkeypatch.setattr(cache_file, "_UNSETTLED", 3_600_000_000_000)
    shutil.rmtree(warm.cache)
    warm.run("status", now="2022-06-09T12:00")
    assert not warm.cache.exists() or not list(warm.cache.iterdir())


def test_caches_are_the_groups_and_leave_nothing_behind(warm: Desk) -> None:
    assert sorted(path.name for path in warm.cache.iterdir()) == ["definition.json", "rollup.json"]
    assert warm.cache.stat().st_mode & 0o7777 == 0o2770
    assert {path.stat().st_mode & 0o7777 for path in warm.cache.iterdir()} == {0o660}


def test_a_link_in_the_place_of_the_cache_leads_nobody_to_write_elsewhere(
    warm: Desk, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(warm.cache)
    warm.cache.symlink_to(elsewhere)
    for form in FORMS:
        assert warm.run("status", "--format", form, now="2022-06-09T12:00").code == 1
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="takes two accounts")
def test_who_may_not_read_a_unit_is_not_told_of_it_by_the_cache(warm: Desk, tmp_path: Path) -> None:
    base = Path(tempfile.gettempdir())
    above = [path for path in tmp_path.parents if path.is_relative_to(base) and path != base]
    for path in [*tmp_path.rglob("*"), *above, tmp_path]:
        path.chmod(0o755)
    (warm.store / "units" / "ycc.json").chmod(0o600)
    # The roll-up is put right for the new time stamps, by somebody who may read everything.
    runs = (warm.run, warm.run, warm.without_cache)
    assert len({run("status", now="2022-06-09T12:00") for run in runs}) == 1
    for path in warm.cache.iterdir():
        path.chmod(0o644)
    os.seteuid(65534)
    try:
        refused = warm.run("status", now="2022-06-09T12:00")
    finally:
        os.seteuid(0)
    assert (refused.code, "?" in refused.out) == (4, True)

"""Caches never change an answer: each is held against the answer without a cache."""

from __future__ import annotations

import io
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Sequence
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
NOW: Final = "2022-06-09T12:00"
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
        self.home = folder / "cache-home"
        self.aside: list[bytes] = []

    @property
    def caches(self) -> Path:
        return self.home / "duban"

    def cached(self, kind: str) -> list[Path]:
        """The cache files of a kind."""
        return sorted(self.caches.glob(f"{kind}-*.json"))

    @property
    def rolled(self) -> tuple[str, str, str]:
        """What the roll-up of this desk is kept under."""
        return str(self.caches), "rollup", f"{self.data}\0{self.definition}"

    def run(self, *arguments: str, now: str, home: Path | None = None) -> Answer:
        return self._run(arguments, now, {"XDG_CACHE_HOME": str(home or self.home)})

    def _run(self, arguments: Sequence[str], now: str, login: dict[str, str]) -> Answer:
        environ = {
            "DUBAN_CAMPAIGN": str(self.definition),
            "DUBAN_DATA": str(self.data),
            **login,
        }
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            arguments = ("--now", now, "--lang", "en", *arguments)
            code = run.run(arguments, environ, _no_interface)
        return Answer(code, out.getvalue(), err.getvalue())

    def without_cache(self, *arguments: str, now: str) -> Answer:
        """The answer for a login without a home, which has no caches."""
        return self._run(arguments, now, {})


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


def spoil(kind: str, how: str, place: int) -> Step:
    """Damage a cache file: cut it, change a byte, put an older one back, or worse."""

    def step(desk: Desk) -> None:
        path = next(filter(Path.is_file, desk.cached(kind)), None)
        if path is None or path.stat().st_size > 1 << 20:
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


def swell(kind: str, *, deep: bool) -> Step:
    """Make a cache file far too large, or its JSON far too deep under a good seal."""

    def step(desk: Desk) -> None:
        for path in filter(Path.is_file, desk.cached(kind)):
            if deep:
                key = desk.rolled[2] if kind == "rollup" else str(desk.definition)
                cache_file.write_bytes(str(desk.caches), kind, key, b"[" * 100_000)
            else:
                os.truncate(path, 1 << 40)

    return step


def upset(what: str) -> Step:
    """Have something happen to the folder of caches as a whole, or to the store behind them."""

    def step(desk: Desk) -> None:
        aside = desk.home / "aside"
        if desk.caches.is_symlink() or desk.caches.is_file():
            desk.caches.unlink()
        match what:
            case "removed":
                shutil.rmtree(desk.caches, ignore_errors=True)
            case "file":
                shutil.rmtree(desk.caches, ignore_errors=True)
                desk.home.mkdir(exist_ok=True)
                desk.caches.touch()
            case "link" if desk.caches.exists():
                shutil.rmtree(aside, ignore_errors=True)
                desk.caches.rename(aside)
                desk.caches.symlink_to(aside)
            case "mode" if desk.caches.exists():
                desk.caches.chmod(desk.caches.stat().st_mode ^ 0o020)
            case "owner" if desk.caches.exists() and os.geteuid() == 0:
                os.chown(desk.caches, 65534 - desk.caches.stat().st_uid, -1)
            case "copy" if desk.store.exists():
                shutil.copytree(desk.store, aside / "copy", dirs_exist_ok=True)
                shutil.rmtree(desk.store)
                (aside / "copy").rename(desk.store)

    return step


def ask_on_a_full_disk(form: str, room: int, now: str) -> Step:
    """Ask while no file can be larger than `room`, which is as a full disk is to its writer."""

    def step(desk: Desk) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            ask(form, [], now)(desk)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

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


units, names = st.sampled_from(UNITS), st.sampled_from(["rollup", "definition"])
hows = st.sampled_from(["cut", "byte", "older", "garbage", "folder", "link", "version"])
asks = st.builds(ask, st.sampled_from(FORMS), st.sampled_from(OPTIONS), st.sampled_from(NOWS))
steps = st.one_of(
    asks,
    asks,
    st.builds(mark, units, st.sampled_from(ITEMS), st.sampled_from(["done", "waived", "doing"])),
    st.builds(spoil, names, hows, st.integers(0, 1 << 16)),
    st.builds(swell, names, deep=st.booleans()),
    st.builds(upset, st.sampled_from(["removed", "file", "link", "mode", "owner", "copy"])),
    st.builds(
        ask_on_a_full_disk,
        st.sampled_from(FORMS),
        st.sampled_from([0, 9, 600]),
        st.sampled_from(NOWS),
    ),
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
    kept = cache_file.read(*desk.rolled)
    return kept is not None and bool(kept["complete"])


@pytest.mark.parametrize("form", ["short", "table", "csv"])
def test_a_warm_answer_needs_neither_definition_nor_units(warm: Desk, form: str) -> None:
    """Shown by what it does not notice: a row that was forged under a good seal."""
    kept = cache_file.read(*warm.rolled)
    kept["rows"][0][1] = "forged"
    kept["campaign"][1] = "forged"
    cache_file.write(*warm.rolled, kept)
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
        spoil("rollup", "byte", 400),
        spoil("rollup", "cut", 400),
        spoil("rollup", "version", 0),
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
    shutil.rmtree(warm.caches)
    warm.run("status", now="2022-06-09T12:00")
    assert not list(warm.caches.glob("*"))


def test_caches_are_the_login_s_own_and_the_data_folder_has_none(warm: Desk) -> None:
    names = sorted(path.name.partition("-")[0] for path in warm.caches.iterdir())
    assert names == ["definition", "rollup"]
    assert warm.caches.stat().st_mode & 0o7777 == 0o700
    assert {path.stat().st_mode & 0o7777 for path in warm.caches.iterdir()} == {0o600}
    assert not (warm.store / "cache").exists()


def forge(desk: Desk) -> None:
    """Put something else into the roll-up, under a good seal."""
    kept = cache_file.read(*desk.rolled)
    kept["campaign"][1] = "forged"
    cache_file.write(*desk.rolled, kept)
    assert "forged" in desk.run("status", now=NOW).out


def linked(desk: Desk) -> None:
    desk.caches.rename(desk.home / "elsewhere")
    desk.caches.symlink_to(desk.home / "elsewhere")


def writable(desk: Desk) -> None:
    desk.caches.chmod(0o770)


def another_s(desk: Desk) -> None:
    os.chown(desk.caches, 65534, -1)


def fifo(desk: Desk) -> None:
    (path,) = desk.cached("rollup")
    path.unlink()
    os.mkfifo(path)


def huge(desk: Desk) -> None:
    (path,) = desk.cached("rollup")
    os.truncate(path, 1 << 40)


def deep(desk: Desk) -> None:
    cache_file.write_bytes(*desk.rolled, b"[" * 100_000)


def of_wrong_types(desk: Desk) -> None:
    """One value after the other, also those inside: a seal says nothing about them."""
    kept = cache_file.read(*desk.rolled)
    kept["campaign"][1] = "小活动"
    for value in (None, 7, [None], [[None]], "x", [["x"] * 5], [[1] * 6], {"x": [None]}):
        for name in kept:
            cache_file.write(*desk.rolled, {**kept, name: value})
            ask("table", [], NOW)(desk)


def of_another_store(desk: Desk) -> None:
    kept = cache_file.read(*desk.rolled)
    cache_file.write(*desk.rolled, {**kept, "store": [kept["store"][0], 1]})


@pytest.mark.parametrize(
    "how", [linked, writable, another_s, fifo, huge, deep, of_wrong_types, of_another_store]
)
def test_what_is_not_surely_the_login_s_own_is_not_believed(warm: Desk, how: Step) -> None:
    if how is another_s and os.geteuid() != 0:
        pytest.skip("takes two accounts")
    forge(warm)
    how(warm)
    for form in FORMS:
        ask(form, [], NOW)(warm)


@pytest.mark.parametrize("home", ["missing/below", "file", "read-only"])
def test_a_home_that_cannot_have_caches_is_not_spoken_of(
    warm: Desk, tmp_path: Path, home: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "read-only").mkdir(mode=0o500)
    expected = warm.without_cache("status", now=NOW)
    assert warm.run("status", now=NOW, home=tmp_path / home) == expected
    assert not (tmp_path / "missing").exists()


def test_nothing_in_the_data_folder_is_believed_but_records(warm: Desk) -> None:
    """Caches of the old place, and those of the new one, planted under every name."""
    forge(warm)
    expected = {form: warm.without_cache("status", "--format", form, now=NOW) for form in FORMS}
    planted = warm.store / "cache"
    for name in ("rollup.json", "definition.json"):
        planted.mkdir(exist_ok=True)
        for kind in ("rollup", "definition"):
            for path in warm.cached(kind):
                shutil.copy2(path, planted / name)
                shutil.copy2(path, planted)
                shutil.copy2(path, warm.store)
                shutil.copy2(path, warm.data)
        shutil.rmtree(warm.caches, ignore_errors=True)
        for form in FORMS:
            assert warm.run("status", "--format", form, now=NOW) == expected[form]


@pytest.mark.skipif(os.geteuid() != 0, reason="takes two accounts")
def test_who_may_only_look_has_a_warm_status_too(warm: Desk, tmp_path: Path) -> None:
    open_to_all(tmp_path)
    home = tmp_path / "viewer"
    home.mkdir()
    os.chown(home, 65534, -1)
    os.seteuid(65534)
    try:
        kept = None
        while kept is None or not kept["complete"]:
            warm.run("status", now=NOW, home=home)
            kept = cache_file.read(str(home / "duban"), *warm.rolled[1:])
        kept["campaign"][1] = "forged"
        cache_file.write(str(home / "duban"), *warm.rolled[1:], kept)
        assert "forged" in warm.run("status", now=NOW, home=home).out
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="takes two accounts")
def test_who_may_not_read_a_unit_is_not_told_of_it_by_the_cache(warm: Desk, tmp_path: Path) -> None:
    """Not even by a cache that was their own, from before."""
    open_to_all(tmp_path)
    (warm.store / "units" / "ycc.json").chmod(0o600)
    # The roll-up is put right for the new time stamps, by somebody who may read everything.
    runs = (warm.run, warm.run, warm.without_cache)
    assert len({run("status", now=NOW) for run in runs}) == 1
    for path in (warm.caches, *warm.caches.iterdir()):
        os.chown(path, 65534, -1)
    os.seteuid(65534)
    try:
        refused = warm.run("status", now=NOW)
    finally:
        os.seteuid(0)
    assert (refused.code, "?" in refused.out) == (4, True)


def open_to_all(folder: Path) -> None:
    """Let everybody read what is in a folder, but for caches."""
    base = Path(tempfile.gettempdir())
    above = [path for path in folder.parents if path.is_relative_to(base) and path != base]
    for path in [*folder.rglob("*"), *above, folder]:
        if "cache-home" not in path.parts:
            path.chmod(0o755)

"""Units that left the roster: their answers are kept, and `status` says whose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.cache import cache_file
from tests.commands.conftest import DEFINITION, Duban, Result

VILLAGE = "  - {{id: {name}, name: {name}村, kind: village}}\n"
HEAD, TAIL = DEFINITION.split("  - {id: mine,")
FORMS = (
    ("--format", "short"), ("--format", "table"), ("--format", "csv"), ("--format", "json"),
    ("--items",), ("--items", "--format", "csv"), ("--overdue",), ("--section", "work"),
    ("--unit", "mine"), ("--kind", "enterprise", "--items"),
)  # fmt: skip
TWO_LEFT = "duban: 2 units are no longer in the roster; their answers are kept: east, west\n"


class Place:
    """A campaign whose roster can be changed."""

    def __init__(self, folder: Path, duban: Duban) -> None:
        self.file = folder / "small.yaml"
        self.store = folder / "data" / "small"
        self.rolled = str(folder / "caches" / "duban"), "rollup", f"{folder / 'data'}\0{self.file}"
        self.duban = duban

    def roster(self, *villages: str) -> None:
        """Put these villages into the definition beside the others."""
        lines = "".join(VILLAGE.format(name=name) for name in villages)
        self.file.write_text(f"{HEAD}{lines}  - {{id: mine,{TAIL}", encoding="utf-8")

    def answer(self, *villages: str) -> None:
        """Let these villages hand in their plan."""
        self.roster(*villages)
        for name in villages:
            assert self.duban("mark", f"{name}/plan", "done").code == 0

    def warm(self) -> None:
        """Fill the roll-up until it has every unit."""
        while not self.is_warm:
            self.duban("status")

    @property
    def is_warm(self) -> bool:
        kept = cache_file.read(*self.rolled)
        return kept is not None and bool(kept["complete"])


@pytest.fixture
def place(tmp_path: Path, duban: Duban, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(cache_file, "_UNSETTLED", 12_000_000)
    return Place(tmp_path, duban)


def left_in(result: Result) -> list[str]:
    """The lines on stderr that speak of the roster."""
    return [line for line in result.err.splitlines(keepends=True) if "roster" in line]


@pytest.mark.parametrize("form", FORMS)
def test_they_are_told_cold_and_warm_and_nothing_else_changes(
    place: Place, form: tuple[str, ...]
) -> None:
    place.roster()
    place.duban("mark", "ycc/plan", "done")
    place.warm()
    before = place.duban("status", *form)
    place.answer("west", "east")
    assert left_in(place.duban("status", *form)) == []
    place.roster()
    cold = place.duban("status", *form)
    place.warm()
    assert place.duban("status", *form) == cold
    assert left_in(cold) == [TWO_LEFT]
    assert (cold.code, cold.out) == (before.code, before.out)
    assert cold.err.replace(TWO_LEFT, "") == before.err


def test_the_warm_answer_is_the_roll_up_s(place: Place) -> None:
    """Shown by what it does not notice: a title that was forged under a good seal."""
    place.answer("west", "east")
    place.roster()
    place.warm()
    kept = cache_file.read(*place.rolled)
    kept["campaign"][1] = "forged"
    cache_file.write(*place.rolled, kept)
    result = place.duban("status", "--format", "table")
    assert "forged" in result.out
    assert left_in(result) == [TWO_LEFT]


def test_one_that_comes_back_is_told_no_more(place: Place) -> None:
    place.answer("west", "east")
    place.roster("west")
    one = "duban: 1 unit is no longer in the roster; its answers are kept: east\n"
    assert left_in(place.duban("status")) == [one]
    place.warm()
    assert left_in(place.duban("status")) == [one]
    place.roster("west", "east")
    assert left_in(place.duban("status")) == []


@pytest.mark.parametrize("form", [(), ("--items",)])
def test_many_are_counted(place: Place, form: tuple[str, ...]) -> None:
    place.answer(*(f"v{number}" for number in range(7)))
    place.roster()
    assert left_in(place.duban("status", *form)) == [
        "duban: 7 units are no longer in the roster; their answers are kept: "
        "v0, v1, v2, v3, v4 and 2 more\n"
    ]


@pytest.mark.parametrize("form", [(), ("--items",), ("--format", "json")])
def test_an_empty_file_and_strays_have_no_answers(place: Place, form: tuple[str, ...]) -> None:
    place.answer("west")
    place.roster()
    units = place.store / "units"
    (units / "east.json").touch()
    (units / "west.json.schema1").write_text("{}")
    (units / ".south.json").write_text("{}")
    Path(os.fsdecode(os.fsencode(units) + b"/\xff\xfe.json")).write_text("{}")
    place.warm()
    for _ in range(2):
        assert left_in(place.duban("status", *form)) == [
            "duban: 1 unit is no longer in the roster; its answers are kept: west\n"
        ]


def test_nothing_is_said_before_anything_was_recorded(place: Place) -> None:
    place.roster()
    for form in FORMS:
        assert left_in(place.duban("status", *form)) == []

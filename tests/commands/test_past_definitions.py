"""`--as-of` judges by the definition that was in force then, byte for byte."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Final

import pytest

from campaigns.reading.source import source_of
from tests.commands.conftest import DEFINITION, Duban

VIEWS: Final[tuple[tuple[str, ...], ...]] = (
    ("status", "--format", "json"),
    ("status", "--format", "csv"),
    ("status", "--items", "--format", "csv"),
    ("status", "--items"),
    ("status",),
    ("status", "--format", "short"),
    ("export", "chase", "-o", "-"),
    ("export", "board", "-o", "-"),
    ("report", "chase"),
    ("log", "--format", "json"),
    ("log",),
    ("log", "--anchor"),
)
CHANGES: Final[tuple[tuple[str, str], ...]] = (
    # Deadlines moved, items removed, units renamed, removed and added, an id with `was`.
    ("{id: summary, title: 工作总结, for: [village, enterprise], due: 2022-07-04}",
     "{id: summary, title: 总结, for: [village, enterprise], due: 2022-06-04}"),
    ("      - {id: big-1, title: 大宣传, for: village, due: {day: 2022-06-16}}\n", ""),
    ("name: 荫城村,", "name: 荫城一村,"),
    ("  - {id: mine, name: 一号煤矿, kind: coal}\n", "  - {id: pit, name: 二号煤矿, kind: coal}\n"),
    ("{id: plan, title: 活动方案, for: village, due: 2022-05-31}",
     "{id: scheme, title: 工作方案, for: village, due: 2022-06-20, was: plan}"),
    ("title: 小活动\n", "title: 大活动\n"),
)  # fmt: skip
LATER: Final = ("--now", "2022-08-01T00:00")


def rewrite(tmp_path: Path, *changes: tuple[str, str]) -> None:
    """Put the definition in place again with some things in it changed."""
    text = DEFINITION
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")


def records(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "data" / "small" / "definition").glob("*.json"))


@pytest.fixture
def changed(duban: Duban, tmp_path: Path) -> Duban:
    """The deadline of the summary moved on the 4th, and was taken up on the 5th."""
    duban("--now", "2022-06-01T10:00", "mark", "ycc/plan", "done", "--note", "齐全")
    rewrite(tmp_path, *CHANGES[:1], *CHANGES[4:5])
    duban("--now", "2022-06-05T10:00", "mark", "ycd/scheme", "done")
    return duban


@pytest.mark.parametrize("seed", range(4))
def test_every_view_comes_back_as_it_was(duban: Duban, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    recorded: dict[str, tuple[tuple[str, ...], str]] = {}
    plan = "plan"
    for day in range(1, 25):
        if day % 6 == 0:
            changes = chance.sample(CHANGES, chance.randrange(1, len(CHANGES)))
            rewrite(tmp_path, *changes)
            plan = "scheme" if CHANGES[4] in changes else "plan"
        # The first mark of a day takes up what changed before the day's views are recorded.
        for hour, state in enumerate(("doing", "done", "todo", "verified", "returned")):
            item = f"{chance.choice(['ycc', 'ycd'])}/{chance.choice([plan, 'summary'])}"
            words = ("mark", item, state, "--note", f"{day}.{hour}")
            assert duban("--now", f"2022-06-{day:02}T{hour + 8:02}:00+08:00", *words).code in (0, 6)
        assert duban("--now", f"2022-06-{day:02}T14:00+08:00", "mark", "ycc/news", "done",
                     "--note", f"{day}").code == 0  # fmt: skip
        now = f"2022-06-{day:02}T{chance.randrange(15, 24)}:{chance.randrange(60):02}:30+08:00"
        view = VIEWS[(seed + day) % len(VIEWS)]
        recorded[now] = view, duban("--now", now, *view).out
    rewrite(tmp_path)
    assert len(records(tmp_path)) > 2
    for campaign in (str(tmp_path / "small.yaml"), "small"):
        for then, (view, text) in recorded.items():
            assert duban(*LATER, "-c", campaign, "--as-of", then, *view).out == text, (then, view)


def test_before_the_change_answers_stand_under_the_old_id(changed: Duban) -> None:
    changed("--now", "2022-06-06T10:00", "mark", "ycc/scheme", "verified")
    asked = ("--as-of", "2022-06-04T00:00", "status", "--format", "json")
    item = changed(*asked).item("ycc/plan")
    assert (item["state"], item["note"], item["due"]) == (
        "done",
        "齐全",
        "2022-05-31T23:59:59+08:00",
    )
    then = changed("--as-of", "2022-06-05T10:00", "status", "--format", "json")
    assert then.item("ycc/scheme")["state"] == "done"


def test_a_line_says_that_another_definition_judges(changed: Duban) -> None:
    then = changed("--as-of", "2022-06-05T09:59:59", "status", "--format", "json")
    assert then.err == ("duban: A different definition was in force then; this is judged by it.\n")
    assert changed("--as-of", "2022-06-05T10:00", "status", "--format", "json").err == ""
    assert changed("status", "--format", "json").err == ""


def test_a_text_that_says_the_same_is_not_another_definition(
    changed: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(file.read_text("utf-8") + "# a remark\n", encoding="utf-8")
    assert changed("--as-of", "2022-06-05T10:00", "status", "--format", "json").err == ""


def test_before_the_first_was_taken_up_the_one_given_judges(changed: Duban) -> None:
    result = changed("--as-of", "2022-06-01T09:59", "status", "--format", "json")
    assert result.err == ""
    assert result.item("ycc/scheme")["state"] == "todo"


def test_a_store_that_kept_none_is_judged_by_the_one_given(changed: Duban, tmp_path: Path) -> None:
    for record in records(tmp_path):
        record.unlink()
    result = changed("--as-of", "2022-06-04T00:00", "status", "--format", "json")
    assert result.err == ""
    assert result.item("ycc/scheme")["state"] == "done"


@pytest.mark.parametrize("damage", ["cut", "altered", "gone", "empty", "far"])
def test_a_damaged_record_is_told_and_the_one_given_judges(
    changed: Duban, tmp_path: Path, damage: str
) -> None:
    first, second = records(tmp_path)
    text = first.read_text("utf-8")
    match damage:
        case "cut":
            first.write_text(text[:100], encoding="utf-8")
        case "altered":
            first.write_text(text.replace("2022-07-04", "2022-07-14"), encoding="utf-8")
        case "far":
            when = json.loads(text)["taken_up_at"]
            first.write_text(text.replace(when, "0001-01-01T00:00:00+08:00"), encoding="utf-8")
        case "empty":
            first.write_text('{"taken_up_at": "2022-06-01T10:00:00+08:00"}', encoding="utf-8")
        case _:
            first.unlink()
    result = changed("--as-of", "2022-06-04T00:00", "status", "--format", "json")
    assert result.item("ycc/scheme")["state"] == "done"
    assert result.err.startswith("duban: The definition of that time cannot be read")
    assert (result.err.count("\n"), "definition/0001-" in result.err) == (1, True)
    assert changed("--as-of", "2022-06-05T10:00", "status", "--format", "json").err == ""
    second.write_text("", encoding="utf-8")
    result = changed("--as-of", "2022-06-05T10:00", "status", "--format", "json")
    assert "definition/0002-" in result.err


def test_a_record_that_came_later_need_not_be_read(changed: Duban, tmp_path: Path) -> None:
    rewrite(tmp_path, CHANGES[5])
    changed("--now", "2022-06-07T10:00", "mark", "ycc/news", "done")
    records(tmp_path)[1].write_text("", encoding="utf-8")
    asked = ("status", "--format", "json")
    assert "cannot be read" not in changed("--as-of", "2022-06-08T00:00", *asked).err
    assert "0002-" in changed("--as-of", "2022-06-06T00:00", *asked).err


def test_a_record_that_is_no_definition_any_more_is_told(changed: Duban, tmp_path: Path) -> None:
    first, _ = records(tmp_path)
    record = json.loads(first.read_text("utf-8"))
    source = source_of([("small.yaml", b"format: 1\n")])
    record |= {"digest": source.digest, "files": [{"name": "small.yaml", "text": "format: 1\n"}]}
    first.unlink()
    first.with_name(f"0001-{source.digest}.json").write_text(json.dumps(record), "utf-8")
    result = changed("--as-of", "2022-06-04T00:00", "status", "--format", "json")
    assert result.item("ycc/scheme")["state"] == "done"
    assert "cannot be read, so this is judged by the present one. small.yaml:" in result.err


def test_the_past_is_told_on_the_clock_of_the_definition_of_then(
    changed: Duban, tmp_path: Path
) -> None:
    then = changed("--now", "2022-06-06T10:00", "status", "--format", "json").out
    rewrite(tmp_path, ("id: small\n", "id: small\ntimezone: Asia/Tokyo\n"))
    assert changed("--now", "2022-06-07T10:00", "mark", "ycc/news", "done").code == 0
    asked = ("--as-of", "2022-06-06T10:00+08:00", "status", "--format", "json")
    assert changed(*asked).out == then

"""Whatever one file of the store holds, the other units go on, and nothing ends in a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Duban

FAR: tuple[str, ...] = ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00")


@pytest.fixture
def store(duban: Duban, tmp_path: Path) -> Path:
    for item in ("ycc/plan", "ycd/plan"):
        assert duban("mark", item, "done", "--note", "x").code == 0
    return tmp_path / "data" / "small"


def changed(path: Path, change: Callable[[Any], object]) -> None:
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def deep(depth: int, close: bool = True) -> str:
    return "[" * depth + ("]" * depth if close else "")


def nested(path: Path, depth: int) -> None:
    """A note that is a list, nested so deep that some parsers give up and some do not."""
    text = path.read_text("utf-8")
    path.write_text(text.replace('"note":"x"', f'"note":{deep(depth)}'), encoding="utf-8")


def turned_into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HOSTILE: dict[str, Callable[[Path], object]] = {
    **{
        f"{field} {text[:4]}": lambda path, field=field, text=text: changed(  # type: ignore[misc]
            path, lambda d: d["items"]["1"].update({field: text})
        )
        for field in ("received_at", "recorded_at", "due")
        for text in FAR
    },
    **{
        f"event {text[:4]}": lambda path, text=text: changed(  # type: ignore[misc]
            path, lambda d: d["events"]["1"].update(recorded_at=text)
        )
        for text in FAR
    },
    **{f"nested {n}": lambda path, n=n: nested(path, n) for n in (500, 976, 990, 5000, 200_000)},  # type: ignore[misc]
    "unclosed": lambda path: path.write_text(deep(100_000, close=False)),
    "huge number": lambda path: changed(path, lambda d: d["items"]["1"].update(rev=10**400)),
    "huge figure": lambda path: changed(
        path, lambda d: d["items"]["1"].update(metrics={"people": 10**400})
    ),
    "surrogate": lambda path: path.write_bytes(path.read_bytes().replace(b'"x"', b'"\\ud800"')),
    "events as a list": lambda path: changed(path, lambda d: d.update(events=[])),
    "no meta": lambda path: changed(path, lambda d: d.pop("meta")),
    "bytes": lambda path: path.write_bytes(b"\xff" * 1000),
    "folder": turned_into_a_folder,
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_record(duban: Duban, store: Path, how: str) -> None:
    HOSTILE[how](store / "units" / "ycc.json")
    for form in ("table", "short", "csv", "json"):
        result = duban("status", "--format", form)
        assert result.code in (1, 4), result.err
        assert "should not have happened" not in result.err
    for command in (["log"], ["log", "--verify"], ["log", "--anchor"], ["doctor"], ["status"],
                    ["--as-of", "2022-06-09T12:00", "status"], ["export", "board", "-o", "-"],
                    ["check", str(store.parents[1] / "small.yaml"), "--against-data"]):  # fmt: skip
        result = duban(*command)
        assert result.code in (0, 1, 4), (command, result.err)
        assert "should not have happened" not in result.err + result.out, command
        assert "Traceback" not in result.err
    assert duban("mark", "ycd/summary", "done").code == 0
    assert duban("log", "--unit", "ycd", "--verify").code == 0


@pytest.mark.parametrize(
    "name", ["0009-copy.json", "9999-" + "0" * 63 + ".json", "0009.json", "0009-.json", "x", "9-x"]
)
def test_a_stray_file_among_the_definitions(duban: Duban, store: Path, name: str) -> None:
    """It blocks no change, and blames nobody."""
    (first,) = (store / "definition").glob("0001-*.json")
    shutil.copy(first, store / "definition" / name)
    definition = store.parent.parent / "small.yaml"
    definition.write_text(definition.read_text("utf-8").replace("小活动", "大活动"), "utf-8")
    assert duban("mark", "ycd/summary", "done").code == 0
    assert len(list((store / "definition").glob("0002-*.json"))) == 1

"""`duban demo`: sample progress, written once, and only where nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Duban, Result

AT = "2022-06-15T10:00"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo was prepared once, to be copied."""
    from cli import main

    folder = tmp_path_factory.mktemp("demo") / "data"
    assert main(["--lang", "en", "-d", str(folder), "demo", "--prepare"]) == 0
    return folder


@pytest.fixture
def demo(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "demo"))


def status(duban: Duban, folder: Path, *options: str) -> Result:
    campaign = ("-c", "safety-month-2022", "-d", str(folder))
    return duban(*campaign, "--now", AT, "status", "--format", "json", *options)


def all_items(result: Result) -> list[Any]:
    return [item for unit in result.json["units"] for item in unit["items"]]


def test_it_is_believable(duban: Duban, demo: Path) -> None:
    result = status(duban, demo)
    totals = result.json["totals"]
    for name in ("todo", "doing", "done", "verified", "returned", "waived", "nil", "on_time",
                 "late", "overdue", "due_soon"):  # fmt: skip
        assert totals[name] > 0, name
    assert 15 < totals["percent"] < 60
    reports = status(duban, demo, "--section", "reports", "--kind", "village").json["totals"]
    past = reports["on_time"] + reports["late"] + reports["overdue"]
    assert reports["on_time"] > past * 0.5
    assert 0 < reports["overdue"] < past * 0.35


def test_nothing_was_recorded_after_its_now_or_before_it_came_in(duban: Duban, demo: Path) -> None:
    for item in all_items(status(duban, demo)):
        if item["recorded_at"] is not None:
            assert item["recorded_at"] <= "2022-06-15T10:00:00+08:00"
            assert item["recorded_by"].startswith(("officer-", "leader-"))
            assert item["received_at"] is None or item["received_at"] <= item["recorded_at"]
            assert item["received_at"] is None or "08:" <= item["received_at"][11:] < "19:"


def test_waivers_have_reasons_and_figures_agree(duban: Duban, demo: Path) -> None:
    for item in all_items(status(duban, demo)):
        if item["state"] in ("waived", "returned"):
            assert item["note"]
        if "week-hazards" in item["metrics"]:
            assert item["metrics"]["week-rectified"] <= item["metrics"]["week-hazards"]


def test_its_history_is_unbroken_and_more_than_one_person_s(duban: Duban, demo: Path) -> None:
    campaign = ("-c", "safety-month-2022", "-d", str(demo), "log")
    assert duban(*campaign, "--verify").code == 0
    logins = {event["who"]["login"] for event in duban(*campaign, "--format", "json").json}
    assert len(logins) >= 3


def test_it_is_always_the_same(duban: Duban, demo: Path, tmp_path: Path) -> None:
    duban("-d", str(tmp_path / "other"), "demo", "--prepare")
    assert status(duban, tmp_path / "other").out == status(duban, demo).out


def test_it_is_kept(duban: Duban, demo: Path) -> None:
    before = status(duban, demo).out
    result = duban("-d", str(demo), "demo", "--prepare")
    assert (result.code, result.out, result.err) == (0, f"{demo}\n", "")
    assert status(duban, demo).out == before


def test_fresh_starts_again(duban: Duban, demo: Path) -> None:
    before = status(duban, demo).out
    report = ("-c", "safety-month-2022", "-d", str(demo), "mark", "village-yincheng/summary-report")
    assert duban(*report, "done").code == 0
    assert status(duban, demo).out != before
    (demo / "mine.txt").write_text("kept", encoding="utf-8")
    assert duban("-d", str(demo), "demo", "--prepare", "--fresh").code == 0
    assert status(duban, demo).out == before
    assert (demo / "mine.txt").exists()


def test_a_preparation_that_was_cut_off_goes_on(duban: Duban, demo: Path, tmp_path: Path) -> None:
    before = status(duban, demo).out
    shutil.copytree(demo, tmp_path / "cut")
    (tmp_path / "cut" / "duban-demo").write_text("begun\n", encoding="utf-8")
    for unit in sorted((tmp_path / "cut" / "safety-month-2022" / "units").iterdir())[::2]:
        unit.unlink()
    assert duban("-d", str(tmp_path / "cut"), "demo", "--prepare").code == 0
    assert status(duban, tmp_path / "cut").out == before


def test_real_progress_is_left_alone(duban: Duban, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    mark = ("-c", "safety-month-2022", "mark", "village-yincheng/summary-report", "doing")
    assert duban(*mark).code == 0
    for options in ([], ["--fresh"]):
        result = duban("-d", data, "demo", "--prepare", *options)
        assert (result.code, result.out) == (2, "")
    item = status(duban, Path(data)).item("village-yincheng/summary-report")
    assert item["state"] == "doing"


def test_its_folder_is_never_that_of_the_real_data(
    duban: Duban, tmp_path: Path, prepared: Path
) -> None:
    shutil.copytree(prepared, tmp_path / "xdg" / "duban-demo")
    result = duban("demo", "--prepare")
    assert result.out == f"{tmp_path / 'xdg' / 'duban-demo'}\n"
    assert not (tmp_path / "data").exists()


def test_usage(duban: Duban) -> None:
    assert duban("-c", "small", "demo", "--prepare").code == 2
    assert duban("--as-of", "2022-06-01", "demo", "--prepare").code == 2
    assert duban("demo").code == 2  # no terminal

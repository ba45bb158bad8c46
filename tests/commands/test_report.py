"""`duban report`: the reminder of the units in scope, on stdout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Duban

WHOLE = """\
[Reminder] As of 9 June 12:00, 2 units still owe:
1. 荫城村: 活动方案 (due 31 May, 8 days overdue); 周报 (due 1 June 18:00, 7 days overdue); \
周报 (due 8 June 18:00, 18 hours overdue)
2. 荫城东村: 活动方案 (due 31 May, 8 days overdue); 周报 (due 1 June 18:00, 7 days overdue); \
周报 (due 8 June 18:00, 18 hours overdue)
Please hand in what is missing as soon as you can.
"""


def test_it_reminds_of_everything_by_unit(duban: Duban) -> None:
    result = duban("report", "chase")
    assert (result.code, result.err) == (0, "")
    assert result.out == WHOLE


def test_by_deadline_it_names_who_owes(duban: Duban) -> None:
    duban("mark", "ycc/weekly@2022-06-01", "done")
    assert duban("report", "chase", "--group", "deadline").out.splitlines()[1:4] == [
        "1. 活动方案 (due 31 May, 8 days overdue): 荫城村, 荫城东村",
        "2. 周报 (due 1 June 18:00, 7 days overdue): 荫城东村",
        "3. 周报 (due 8 June 18:00, 18 hours overdue): 荫城村, 荫城东村",
    ]


def test_one_unit_and_one_kind(duban: Duban) -> None:
    first = duban("report", "chase", "--unit", "荫城东村").out.splitlines()[0]
    assert first == "[Reminder] 荫城东村: as of 9 June 12:00, still owed:"
    nothing = duban("report", "chase", "--kind", "enterprise")
    assert (nothing.code, nothing.out) == (
        0, "As of 9 June 12:00 there is nothing to remind of.\n",
    )  # fmt: skip


def test_it_speaks_chinese(duban: Duban) -> None:
    lines = duban("--lang", "zh", "report", "chase", "--unit", "ycc").out.splitlines()
    assert lines[:2] == [
        "【催报】荫城村：截至6月9日12:00，以下事项未报：",
        "1.活动方案（5月31日截止，已逾期8天）",
    ]
    assert lines[-1] == "请尽快报送。"


def test_it_tells_what_was_owed_then(duban: Duban) -> None:
    then = duban("--now", "2022-06-02T09:00", "report", "chase").out
    duban("--now", "2022-06-03T09:00", "mark", "ycc/plan", "done")
    assert duban("report", "chase").out != then
    assert duban("--as-of", "2022-06-02T09:00", "report", "chase").out == then


def test_a_unit_that_cannot_be_read_is_named_and_the_others_are_reminded(
    duban: Duban, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "doing")
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_bytes(b"{garbage")
    result = duban("report", "chase")
    assert result.code == 4
    assert "ycc.json" in result.err
    assert result.out.startswith("[Reminder] 荫城东村: ")


@pytest.mark.parametrize(
    "arguments",
    [[], ["board"], ["chase", "--unit", "nobody"], ["chase", "--kind", "none"],
     ["chase", "--group", "section"], ["--as-of", "2022-06-10", "chase"]],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_reported_is_a_usage_error(duban: Duban, arguments: list[str]) -> None:
    result = duban("report", *arguments)
    assert (result.code, result.out) == (2, "")

"""`duban units list`."""

from __future__ import annotations

import csv
import io

import pytest
from wcwidth import wcswidth

from tests.commands.conftest import Duban


def test_table(duban: Duban) -> None:
    result = duban("units", "list")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert len(lines) == 4
    assert all(wcswidth(line) <= 80 for line in lines)
    for text in ("ycc", "荫城村", "张某", "集镇"):
        assert text in lines[1]


def test_json_and_csv(duban: Duban) -> None:
    units = duban("units", "list", "--format", "json").json
    assert [unit["id"] for unit in units] == ["ycc", "ycd", "mine"]
    assert units[0]["tags"] == ["集镇"]
    assert units[0]["liaison"]["name"] == "张某"
    rows = list(csv.DictReader(io.StringIO(duban("units", "list", "--format", "csv").out)))
    assert [row["name"] for row in rows] == ["荫城村", "荫城东村", "一号煤矿"]


def test_kind_includes_its_children(duban: Duban) -> None:
    units = duban("units", "list", "--kind", "企业", "--format", "json").json
    assert [unit["id"] for unit in units] == ["mine"]


@pytest.mark.parametrize("arguments", [[], ["import", "x.csv"], ["list", "--kind", "none"]])
def test_usage(duban: Duban, arguments: list[str]) -> None:
    assert duban("units", *arguments).code == 2


def test_the_roster_has_no_past(duban: Duban) -> None:
    assert duban("--as-of", "2022-06-01", "units", "list").code == 2

"""Units inline and in rosters, and the files themselves (docs/campaign-format.md, "Units")."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from campaigns.definition import Liaison, Unit, Window
from campaigns.errors import UsageError
from campaigns.reading.loader import load, read
from campaigns.reading.problems import InvalidDefinition
from campaigns.reading.source import source_of
from tests.campaigns.campaign_files import (
    MINIMAL,
    OTHER,
    SECTION,
    TOP,
    assert_problems,
    campaign_of,
)

UNITS = TOP[TOP.index("units:") + len("units:\n") : TOP.index("metrics:")]
WITH_ROSTER = MINIMAL.replace("\n" + UNITS, " units.yaml\n")
FULL = """\
- id: s1
  name: 安监站
  kind: village
  tags: [river, 试点]
  parent: v1
  active: {from: 2022-06-01, to: 2022-06-15}
  shifts_per_day: 3
  liaison: {name: 张三, post: 主任, office_phone: 0355-8000000, mobile: '13000000000', note: |
    周末
    不接 }
"""


def test_a_unit_has_all_that_is_given() -> None:
    text = MINIMAL.replace(UNITS, UNITS + FULL.replace("|\n    周末\n    不接 ", "周末不接"))
    assert campaign_of(text).units[-1] == Unit(
        "s1",
        "安监站",
        "village",
        ("river", "试点"),
        "v1",
        Window(date(2022, 6, 1), date(2022, 6, 15)),
        3,
        Liaison("张三", "主任", "0355-8000000", "13000000000", "周末不接"),
    )


@pytest.mark.parametrize("head", ["", "units:\n", "\ufeff", "# 名册\n---\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_roster_is_a_list_or_a_mapping_with_units(head: str, line_end: str) -> None:
    assert WITH_ROSTER.count("units.yaml") == 1
    campaign = campaign_of(WITH_ROSTER, (head + UNITS).replace("\n", line_end))
    assert campaign == campaign_of(MINIMAL)


@pytest.mark.parametrize(
    ("roster", "part"),
    [
        ("‸", "empty"),
        ("‸[]", "Expected a list of units"),
        ("‸v1", "Expected a list of units"),
        ("units: ‸[]", "no value"),
        ("units: ‸other.yaml", "a list of units"),
        (UNITS.replace("id: v2", "id: ‸v1"), "two units “v1”"),
        (UNITS.replace("id: v2", "id: ‸V1"), "differ only in case"),
        (UNITS.replace("id: v2", "id: ‸coal"), "is a kind already"),
        (UNITS.replace("id: v2", "id: ‸con/2"), "cannot be an id"),
        (
            UNITS.replace("id: v2, ", "").replace("- {name: 二村", "- ‸{name: 二村"),
            "“id” is missing",
        ),
        (UNITS.replace("{id: v2, name: 二村", "‸{id: v2"), "“name” is missing"),
        (UNITS.replace("{id: c1, name: 某矿, kind: coal", "‸{id: c1, name: 某矿"), "“kind” is"),
        (UNITS.replace("kind: coal", "kind: ‸col"), "Did you mean “coal”?"),
        (UNITS.replace("kind: coal", "kind: coal, parent: ‸v0"), "There is no unit “v0”"),
        (UNITS.replace("kind: coal", "kind: coal, parent: ‸village"), "There is no unit"),
        (UNITS.replace("kind: coal", "kind: coal, parent: ‸c1"), "c1, c1"),
        (UNITS.replace("kind: coal", "kind: coal, active: {from: ‸06-01}"), "Expected a date"),
        (UNITS.replace("kind: coal", "kind: coal, active: ‸2022-06-01"), "found “2022-06-01”"),
        (
            UNITS.replace("kind: coal", "kind: coal, active: ‸{from: 2022-06-02, to: 2022-06-01}"),
            "backwards",
        ),
        (UNITS.replace("kind: coal", "kind: coal, shifts_per_day: ‸0"), "from 1 on"),
        (UNITS.replace("kind: coal", "kind: coal, shifts_per_day: ‸三"), "from 1 on"),
        (UNITS.replace("kind: coal", "kind: coal, tags: ‸[]"), "no value"),
        (UNITS.replace("kind: coal", "kind: coal, liaison: ‸张三"), "found “张三”"),
        (UNITS.replace("kind: coal", "kind: coal, liaison: {‸phone: 1}"), "Unknown key"),
        (UNITS.replace("kind: coal", "kind: coal, ‸knd: 1"), "Did you mean “kind”?"),
        (UNITS + "- ‸v3\n", "a mapping with id, name and kind"),
        (UNITS + "-‸\n", "empty"),
    ],
)
def test_what_a_roster_refuses(roster: str, part: str) -> None:
    assert_problems(WITH_ROSTER, part, roster=roster)


def test_a_roster_that_is_a_mapping_has_units() -> None:
    missing, unknown = "“units” is missing", "Unknown key “kinds”"
    assert_problems(WITH_ROSTER, unknown, missing, roster="‸‸kinds: []\n")


def write(folder: Path, text: str, roster: str | None = None) -> Path:
    path = folder / "campaign.yaml"
    path.write_text(text, encoding="utf-8")
    if roster is not None:
        (folder / "units.yaml").write_text(roster, encoding="utf-8")
    return path


def problems_in(path: Path) -> list[str]:
    with pytest.raises(InvalidDefinition) as caught:
        load(path)
    assert caught.value.exit_code == 3
    return [f"{each.place}: {each.message}" for each in caught.value.problems]


def test_a_roster_is_found_beside_its_definition(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_ROSTER, UNITS)
    campaign, source = load(path)
    assert campaign == campaign_of(MINIMAL)
    assert [name for name, _ in source.files] == [str(path), str(tmp_path / "units.yaml")]
    assert read(source) == campaign


def test_places_name_files_as_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    text = "x: 1\n" + WITH_ROSTER
    write(tmp_path / "sub", text, "- {id: v1, name: 一村, kind: cole}\n")
    monkeypatch.chdir(tmp_path)
    places = [each.split(": ")[0] for each in problems_in(Path("sub/campaign.yaml"))]
    assert places == ["sub/campaign.yaml:1:1", "sub/units.yaml:1:28"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("missing.yaml", "does not exist"),
        (".", "is a folder"),
        ("units.csv", "from YAML so far"),
        ("units.XLSX", "from YAML so far"),
        ("campaign.yaml/x", "cannot be used"),
        ('"a\\0b"', "cannot be used"),
        ("x" * 5000, "cannot be used"),
    ],
)
def test_a_roster_that_cannot_be_read_is_a_problem_of_the_definition(
    tmp_path: Path, name: str, part: str
) -> None:
    path = write(tmp_path, WITH_ROSTER.replace("units.yaml", name))
    line = MINIMAL.splitlines().index("units:") + 1
    (problem,) = problems_in(path)
    assert problem.startswith(f"{path}:{line}:8: ")
    assert part in problem


def test_a_roster_that_is_no_text_is_a_problem_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_ROSTER)
    (tmp_path / "units.yaml").write_bytes(UNITS.encode("gbk"))
    (problem,) = problems_in(path)
    assert problem.startswith(f"{tmp_path / 'units.yaml'}:1:")
    assert "GBK" in problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_ROSTER, UNITS)
    (tmp_path / "units.yaml").chmod(0)
    assert "may not read" in problems_in(path)[0]
    path.chmod(0)
    with pytest.raises(UsageError, match="may not read"):
        load(path)


def test_a_definition_that_is_missing_or_a_folder_is_a_usage_error(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.yaml", "does not exist"), (tmp_path, "folder")):
        with pytest.raises(UsageError, match=why) as caught:
            load(path)
        assert caught.value.exit_code == 2
        assert str(path) in str(caught.value)


def test_the_digest_is_of_names_and_bytes_and_not_of_where_they_lie(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = load(write(tmp_path / "one", WITH_ROSTER, UNITS)).source.digest
    assert load(write(tmp_path / "two", WITH_ROSTER, UNITS)).source.digest == first
    assert load(write(tmp_path / "two", WITH_ROSTER, UNITS + "\n")).source.digest != first
    assert load(write(tmp_path / "two", WITH_ROSTER + "\n", UNITS)).source.digest != first
    assert len(first) == 64


def test_the_digest_tells_where_one_file_ends() -> None:
    digests = {
        source_of([("a", b"xy"), ("b", b"z")]).digest,
        source_of([("a", b"x"), ("b", b"yz")]).digest,
        source_of([("a", b"xybz")]).digest,
        source_of([("ab", b"xy"), ("", b"z")]).digest,
        source_of([("b", b"z"), ("a", b"xy")]).digest,
    }
    assert len(digests) == 5


def test_a_kept_definition_without_its_roster_is_a_problem() -> None:
    assert_problems(WITH_ROSTER.replace("units.yaml", "‸units.yaml"), "was not kept")


def test_bad_units_do_not_make_selections_bad() -> None:
    text = TOP.replace("- {id: c1,", "- {id: ‸c/1,") + SECTION
    text += "  - {id: a, title: A, for: c1}\n  - {id: b, title: B, for: [coal, nobody]}\n"
    assert_problems(text, "cannot be an id")
    missing = TOP.replace("units:\n" + UNITS, "units: ‸none.csv\n") + SECTION + OTHER
    assert_problems(missing, "from YAML so far")

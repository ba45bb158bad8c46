"""What is YAML and what is not: encodings, syntax, limits (docs/campaign-format.md)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from campaigns.reading.nodes import Listing, Scalar, Table, compose
from campaigns.reading.problems import Problems
from tests.campaigns.campaign_files import (
    MINIMAL,
    activity_of,
    assert_problems,
    campaign_of,
    problems_of,
    with_activity,
    with_due,
)
from tests.counting import counted_calls


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML has no C parser, its Python one reads the same."""
    if request.param == "SafeLoader":
        monkeypatch.setattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: "# 注\n%YAML 1.1\n---\n" + text + "...\n",
        lambda text: text.replace("title: 六月活动", "title: !!str 六月活动"),
        lambda text: text.replace("id: june", "id: !!int june"),
        lambda text: text.replace("id: june", "'id': \"june\""),
        lambda text: text.rstrip("\n"),
    ],
)
def test_other_spellings_are_the_same_campaign(change: Callable[[str], str]) -> None:
    assert campaign_of(change(MINIMAL)) == campaign_of(MINIMAL)


def test_anchors_and_aliases_work() -> None:
    text = MINIMAL.replace("due: 2022-06-10", "due: &day {by: 2022-06-10}, for: &who [village]")
    activity = activity_of(text + "  - {id: a, title: A, due: *day, for: *who}\n")
    assert activity.due == activity_of(text, "other").due
    assert activity.units == {"v1", "v2"}


def test_a_problem_behind_an_alias_is_reported_once_where_it_stands() -> None:
    text = MINIMAL.replace("due: 2022-06-10", "due: &day {by: ‸soon}")
    assert_problems(text + "  - {id: a, title: A, due: *day}\n", "Expected a date")


def test_columns_count_characters_and_not_bytes_or_widths() -> None:
    assert_problems("‸活动😀: 1\n" + MINIMAL, "Unknown key")
    assert_problems(with_activity("guidance: 一😀, ‸colour: 红"), "Unknown key “colour”")


@pytest.mark.parametrize(
    ("marked", "part"),
    [
        (MINIMAL + "‸<<: {issuer: x}\n", "Merge keys (“<<”)"),
        (MINIMAL + "‸---\nformat: 1\n", "A second document"),
        (MINIMAL + "...\n‸---\nformat: 1\n", "A second document"),
        (MINIMAL.replace("title: 六", "title: ‸!secret 六"), "tag “!secret”"),
        (MINIMAL.replace("title: 六", "title: ‸!!python/name:os.system 六"), "!!python/name"),
        (MINIMAL.replace("title: 六", "title: ‸!!binary 六"), "!!binary"),
        (MINIMAL.replace("units:\n", "units: ‸!!set\n"), "!!set"),
        (MINIMAL.replace("title: 六月活动", "title: ‸*nobody"), "*nobody"),
        (MINIMAL + "issuer: &me [‸*me]\n", "within its own anchor"),
        (MINIMAL + "issuer: &me {a: {b: ‸*me}}\n", "within its own anchor"),
        (MINIMAL + "? ‸[a]\n: 1\n", "A key has to be a text"),
        ("‸", "empty"),
        ("‸just a text\n", "Expected a mapping with format"),
        ("‸- a\n- b\n", "found a list"),
        ("‸标题：月\n", "“标题:月”"),
        (with_due("{every: day, ‸at：18：00}"), "“at: 18:00”"),
        (MINIMAL.replace("{name: 村}", "{‸name：村}"), "“name: 村”"),
    ],
)
def test_what_is_refused_by_name(marked: str, part: str) -> None:
    assert_problems(marked, part)


def test_a_file_of_comments_is_empty() -> None:
    assert problems_of("# nothing\n") == ["campaign.yaml:1:1: The file is empty."]


@pytest.mark.parametrize(
    ("marked", "part"),
    [
        (MINIMAL.replace("title: 六", "title‸：六"), "write an ASCII “:”"),
        (MINIMAL.replace("id: june", "id‸：june"), "write an ASCII “:”"),
        (MINIMAL + "issuer: a‸: b\n", ""),
        (MINIMAL + "issuer: ‸'a\n", "never closed"),
        (MINIMAL + "‸\tissuer: x\n", "A tab cannot indent YAML"),
        (MINIMAL + "issuer: ‸`x\n", "“`” needs quotes"),
        (MINIMAL + "issuer: ‸@x\n", "“@” needs quotes"),
        *(
            (MINIMAL + f"issuer: ‸{value}\n", f"“{value[0]}” needs quotes")
            for value in ("!急 x", "!secret x", "*重点", "*nobody", "&重点 x", "| x", "> x", "%x")
        ),
        (MINIMAL + "issuer: ‸? x\n", "“?” needs quotes"),
        (MINIMAL + "issuer: ‸- x\n", "“-” needs quotes"),
        (MINIMAL + "issuer: ‸&重点 x\n", "“&” needs quotes"),
        (MINIMAL + "issuer: ‸&a x\n", "Nothing refers to the anchor &a"),
        (MINIMAL + "issuer:‸\xa0x\n", "U+00A0 looks like a space"),
        (MINIMAL + "issuer:‸\u3000x\n", "U+3000 looks like a space"),
        (MINIMAL + "issuer:‸\u200bx\n", "U+200B looks like a space"),
        (MINIMAL + "‸\xa0issuer: x\n", "U+00A0 looks like a space"),
        (MINIMAL + "‸\u3000issuer: x\n", "U+3000 looks like a space"),
        (MINIMAL + "holidays: ‸｛off: []｝\n", "in ASCII it is “{”"),
        (MINIMAL + "holidays:\n  off:\n  ‸－ 2022-06-03\n", "in ASCII it is “-”"),
        (MINIMAL + "‸issuer:x\n", "the colon needs a space"),
        (MINIMAL + 'issuer: "a" ‸b\n', ""),
        (MINIMAL + "issuer: [a,‸,b]\n", ""),
        (MINIMAL + 'issuer: "\\u000‸x"\n'.replace("000‸", "‸000"), "not YAML"),
    ],
)
def test_a_syntax_error_has_its_place(marked: str, part: str) -> None:
    assert_problems(marked, part)


def test_an_anchor_of_a_text_is_used_before_it_is_taken_by_another() -> None:
    activities = "  - {id: a, title: &t ‸甲}\n  - {id: b, title: *t}\n"
    assert activity_of(MINIMAL + activities.replace("‸", ""), "b").title == "甲"
    again = "  - {id: a, title: ‸&t 甲}\n  - {id: b, title: &t 乙}\n  - {id: c, title: *t}\n"
    assert_problems(MINIMAL + again, "Nothing refers to the anchor &t")


def test_characters_that_json_writes_as_two_escapes() -> None:
    title = '"\\ud83d\\ude00 a \\uD83D\\uDE01"'
    assert campaign_of(MINIMAL.replace("六月活动", title)).title == "😀 a 😁"
    assert_problems(MINIMAL.replace("六月活动", '‸"a\\ud83d"'), "U+D83D")
    assert_problems(MINIMAL.replace("六月活动", '‸"\\ude00\\ud83d"'), "U+D")
    assert_problems(with_activity(f"guidance: {title}, ‸colour: 红"), "Unknown key “colour”")


def test_control_characters_are_refused_however_they_are_written() -> None:
    assert_problems(MINIMAL + "issuer: a‸\x07b‸\x9b\n", "U+0007", "U+009B")
    assert_problems(MINIMAL + "issuer: a‸\x00b\n", "U+0000")
    assert_problems(MINIMAL + "issuer: a‸\u2028b‸\ufeff\n", "U+2028", "U+FEFF")
    assert_problems(MINIMAL + 'issuer: ‸"a\\u202e\\a"\n', "U+0007")


@pytest.mark.parametrize(
    ("data", "place", "part"),
    [
        (MINIMAL.encode("gbk"), "3:8", "GBK"),
        (MINIMAL.encode("utf-16"), "1:1", "UTF-16"),
        (b"format: 1\r\n\xef\xbb\xbfid: \xff", "2:6", "0xFF"),
        ("格式: ".encode() + b"\xed\xa0\x80", "1:5", "0xED"),
        (MINIMAL.encode("utf-16-le"), "3:22", "UTF-16"),
        (b"f\0o\0r\0", "1:2", "U+0000"),
    ],
)
def test_other_encodings_are_refused_with_their_place(data: bytes, place: str, part: str) -> None:
    found = problems_of(data)
    assert found[0].startswith(f"campaign.yaml:{place}: ")
    assert part in found[0]


def test_a_file_of_more_than_a_mebibyte_is_refused() -> None:
    filler = "#" * ((1 << 20) - len(MINIMAL.encode()))
    assert problems_of(MINIMAL + filler) == []
    assert problems_of(MINIMAL + filler + "#") == [
        "campaign.yaml:1:1: The file is larger than 1 MiB, the most it may have."
    ]


@pytest.mark.parametrize(
    ("fifty", "fifty_one"),
    [
        ("[" * 50 + "a" + "]" * 50, "[" * 50 + "‸[a]" + "]" * 50),
        ("{a: " * 50 + "b" + "}" * 50, "{a: " * 50 + "‸{a: b}" + "}" * 50),
        ("- " * 50 + "a", "- " * 50 + "‸- a"),
        (f"[&x {'[' * 48}a{']' * 48}, [*x]]", f"[&x {'[' * 48}a{']' * 48}, [[‸*x]]]"),
    ],
)
def test_nesting_ends_at_fifty(fifty: str, fifty_one: str) -> None:
    assert "nested" not in problems_of(fifty + "\n")[0]
    assert_problems(fifty_one + "\n", "nested more than 50 deep")


def test_aliases_may_come_to_100_000_values_and_not_to_more() -> None:
    thousand, rest = "[" + ", ".join(["x"] * 999) + "]", "\n- *a" * 100
    problems = Problems()
    assert isinstance(compose("f", f"- &a {thousand}{rest}", problems), Listing)
    assert problems.found == ()
    problems = Problems()
    assert compose("f", f"- &a {thousand}{rest}\n- *a", problems) is None
    assert "100,000" in str(problems.found[0].message)


def bomb(first: str, step: Callable[[int], str], levels: int) -> str:
    return "\n".join([first, *(step(level) for level in range(1, levels))]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        bomb("a0: &a0 [x]", lambda n: f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]", 40),
        bomb("a0: &a0 {k: x}", lambda n: f"a{n}: &a{n} {{b: *a{n - 1}, c: *a{n - 1}}}", 45),
        "a: &a [" + "x, " * 400 + "]\nb: [" + "*a, " * 100_000 + "]\n",
        "[" * (1 << 20),
        "{" * (1 << 20),
        "[{" * (1 << 19),
        "{a: " * (1 << 18),
        "- " * (1 << 19),
        "? " * (1 << 19),
        "&a " * 300_000,
        "!" * (1 << 20),
        "'" * (1 << 20),
        "\x00" * (1 << 20),
        "\n" * (1 << 18),
    ],
    ids=lambda text: text[:8],
)
def test_hostile_files_cost_no_more_than_their_size(text: str) -> None:
    with counted_calls() as calls:
        assert problems_of(text)
    assert calls.total < 1000 + 20 * len(text)


def test_nodes_have_texts_places_and_nfc_keys() -> None:
    problems = Problems()
    root = compose("f", "a: [010, '~']\ncafe\u0301: x\n", problems)
    assert isinstance(root, Table)
    assert list(root.entries) == ["a", "caf\u00e9"]
    listing = root.entries["a"].value
    assert isinstance(listing, Listing)
    assert [member.text for member in listing.items if isinstance(member, Scalar)] == ["010", "~"]
    assert [str(member.place) for member in listing.items] == ["f:1:5", "f:1:10"]

"""The top of the file, its kinds and metrics, its activities (docs/campaign-format.md)."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from campaigns.definition import Holidays, Metric, Period, UnitKind
from tests.campaigns.campaign_files import (
    MINIMAL,
    OTHER,
    SECTION,
    TOP,
    activity_of,
    assert_problems,
    campaign_of,
    with_activity,
)

VILLAGES = {"v1", "v2"}
ENTERPRISES = {"e1", "c1", "d1"}


def test_what_is_absent_has_its_default() -> None:
    campaign = campaign_of(MINIMAL)
    assert campaign.id == "june"
    assert campaign.title == "六月活动"
    assert campaign.period == Period(date(2022, 6, 1), date(2022, 6, 30))
    assert campaign.issued == date(2022, 6, 1)
    assert campaign.timezone == "Asia/Shanghai"
    assert campaign.language == "zh-CN"
    assert campaign.calendar == "none"
    assert campaign.holidays == Holidays()
    assert campaign.issuer == campaign.document == campaign.basis == ""
    assert campaign.theme == campaign.office == campaign.summary == ""
    section = campaign.sections[0]
    assert (section.id, section.title, section.label) == ("s1", "报送", "")
    other = campaign.activities[0]
    assert other.units == VILLAGES | ENTERPRISES
    assert (other.level, other.nil_ok, other.guidance) == ("required", False, "")
    assert (dict(other.evidence), other.metrics, dict(other.target)) == ({}, (), {})


def test_everything_that_can_be_given_is_read() -> None:
    campaign = campaign_of(
        MINIMAL
        + "  - id: a\n    title: 周报\n    for: [village]\n    except: v1\n    level: optional\n"
        + "    nil_ok: true\n    evidence: {photo: 1, 视频: 0}\n    metrics: [sessions, people]\n"
        + "    target: {sessions: 1, people: 1.5}\n    guidance: |\n      第一行\n      第二行\n"
        + "issuer: 镇政府\ndocument: 通知\nbasis: 依据\ntheme: 主题\noffice: 安监站\n"
        + "summary: 摘要\nissued: 2022-05-30\ntimezone: Europe/Berlin\nlanguage: en\n"
        + "calendar: cn\nholidays: {off: [2022-06-03], on: 2022-06-05}\n"
    )
    assert campaign.issued == date(2022, 5, 30)
    assert campaign.timezone == "Europe/Berlin"
    assert (campaign.language, campaign.calendar) == ("en", "cn")
    assert campaign.holidays == Holidays(
        frozenset({date(2022, 6, 3)}), frozenset({date(2022, 6, 5)})
    )
    assert campaign.issuer == "镇政府"
    assert campaign.summary == "摘要"
    activity = campaign.activities[-1]
    assert activity.units == {"v2"}
    assert (activity.level, activity.nil_ok) == ("optional", True)
    assert dict(activity.evidence) == {"photo": 1, "视频": 0}
    assert activity.metrics == ("sessions", "people")
    assert dict(activity.target) == {"sessions": 1, "people": 1.5}
    assert activity.guidance == "第一行\n第二行"


def test_every_scalar_is_the_text_in_the_file() -> None:
    text = MINIMAL.replace("title: 六月活动", "title: 010").replace("{name: 村}", "{name: NO}")
    campaign = campaign_of(text.replace("id: june", "id: 1e3").replace("{name: 企业}", "{name: ~}"))
    assert campaign.title == "010"
    assert campaign.id == "1e3"
    assert campaign.unit_kinds["village"].name == "NO"
    assert campaign.unit_kinds["enterprise"].name == "~"


def test_kinds_have_parents_and_metrics_an_aggregate() -> None:
    text = MINIMAL.replace("{name: 人数}", "{name: 人数, aggregate: last}")
    campaign = campaign_of(text)
    assert campaign.unit_kinds["coal"] == UnitKind("coal", "煤矿", "enterprise")
    assert campaign.metrics["sessions"] == Metric("sessions", "场次", "场", "sum")
    assert campaign.metrics["people"].aggregate == "last"


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ("for: village", VILLAGES),
        ("for: enterprise", ENTERPRISES),
        ("for: coal", {"c1", "d1"}),
        ("for: [v1, d1]", {"v1", "d1"}),
        ("for: tag:river", VILLAGES),
        ("for: [tag:pilot, e1]", {"v1", "e1"}),
        ("for: enterprise, except: coal", {"e1"}),
        ("except: [village, tag:river]", ENTERPRISES),
        ("for: [village, v1]", VILLAGES),
        ("for: village, except: school", VILLAGES),
    ],
)
def test_selectors_choose_units(fields: str, units: set[str]) -> None:
    assert activity_of(with_activity(fields)).units == units


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ("for: ‸vilage", "Did you mean “village”?"),
        ("for: [village, ‸v9]", "neither a kind, nor a unit"),
        ("for: ‸tag:rivr", "Did you mean “tag:river”?"),
        ("for: ‸river", "Did you mean “tag:river”?"),
        ("for: [‸village，school]", "full-width"),
        ("for: ‸school", "no unit at all"),
        ("for: ‸village, except: village", "no unit at all"),
        ("except: ‸[village, enterprise]", "no unit at all"),
        ("except: ‸nobody", "neither a kind"),
        ("for: ‸[]", "no value"),
        ("for: [village, ‸'']", "empty"),
        ("for: [village, ‸village]", "stands twice"),
        ("for: ‸{kind: village}", "found a mapping"),
        ("for: [‸[village]]", "found a list"),
        ("level: ‸requird", "Did you mean “required”?"),
        ("nil_ok: ‸yes", "true or false"),
        ("nil_ok: ‸True", "true or false"),
        ("nil_ok: ‸[true]", "found a list"),
        ("evidence: {photo: ‸-1}", "a whole number from 0 on"),
        ("evidence: {photo: ‸1.5}", "a whole number"),
        ("evidence: {photo: ‸many}", "a whole number"),
        ("evidence: {‸a photo: 1}", "cannot be an id"),
        ("evidence: ‸[photo]", "found a list"),
        ("metrics: [sessions, ‸peple]", "Did you mean “people”?"),
        ("metrics: ‸nothing", "There is no metric"),
        ("target: {sessions: ‸one}", "Expected a number"),
        ("target: {sessions: ‸1e3}", "Expected a number"),
        ("target: {sessions: ‸-1}", "Expected a number"),
        ("target: {sessions: ‸" + "9" * 400 + "}", "Expected a number"),
        ("target: {‸sesions: 1}", "Did you mean “sessions”?"),
        ("guidance: ‸[a, b]", "Expected a text"),
        ("guidance: ‸''", "no value"),
        ("guidance: ‸' '", "no value"),
        ('guidance: ‸"\\e[31m"', "U+001B"),
        ("‸titel: x", "Did you mean “title”?"),
        ("‸strange: b", "Unknown key “strange”"),
        ("nil_ok: true, ‸nil_ok: true", "stands twice"),
    ],
)
def test_what_an_activity_refuses(fields: str, part: str) -> None:
    assert_problems(with_activity(fields), part)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("format: 1", "format: ‸2", "“2” is not known"),
        ("format: 1", "format: ‸01", "“01” is not known"),
        ("format: 1", "format: ‸[1]", "The format is 1"),
        ("id: june", "id: ‸a/b", "cannot be an id"),
        ("id: june", "id: ‸.hidden", "cannot be an id"),
        ("id: june", "id: ‸-x", "cannot be an id"),
        ("id: june", "id: ‸六 月", "cannot be an id"),
        ("id: june", "id: ‸" + "月" * 22, "at most 64 bytes"),
        ("id: june", "id: ‸" + "x" * 100_000, "cannot be an id"),
        ("id: june", "id: ‸[june]", "Expected an id"),
        ("id: june", "id:‸", "no value"),
        ("title: 六月活动", "title: ‸''", "no value"),
        ("title: 六月活动", 'title: ‸"a\\nb"', "one line"),
        ("title: 六月活动", "title: ‸{a: b}", "Expected a text, found a mapping"),
        ("{from: 2022-06-01, to: 2022-06-30}", "‸2022-06", "a mapping with from and to"),
        ("{from: 2022-06-01, to: 2022-06-30}", "‸{from: 2022-06-01}", "“to” is missing"),
        ("from: 2022-06-01, to: 2022-06-30", "from: 2022-06-01, to: ‸2022-06-31", "no day"),
        ("{from: 2022-06-01,", "‸{from: 2022-07-01,", "backwards"),
        ("{from: 2022-06-01,", "{‸form: 2022-06-01, from: 2022-06-01,", "Did you mean “from”?"),
        ("metrics:", "timezone: ‸Asia/Shangai\nmetrics:", "Did you mean “Asia/Shanghai”?"),
        *(
            ("metrics:", f"timezone: ‸{zone}\nmetrics:", "Did you mean “Asia/Shanghai”?")
            for zone in ("GMT+8", "utc+08:00", "UTC＋8", "+0800", "CST", "Asia/Beijing", "北京时间")
        ),
        ("metrics:", "timezone: ‸../../etc/passwd\nmetrics:", "no time zone"),
        ("metrics:", "timezone: ‸Asia\nmetrics:", "no time zone"),
        ("metrics:", "timezone: ‸" + "x" * 5000 + "\nmetrics:", "no time zone"),
        ("metrics:", "language: ‸中文\nmetrics:", "Expected a language"),
        ("metrics:", "calendar: ‸china\nmetrics:", "one of: none, cn"),
        ("metrics:", "issued: ‸2022-02-30\nmetrics:", "no day"),
        ("metrics:", "holidays: {off: ‸2022}\nmetrics:", "Expected a date"),
        ("metrics:", "holidays: {off: [2022-06-03, ‸2022-06-03]}\nmetrics:", "stands twice"),
        ("metrics:", "holidays: {off: 2022-06-03, on: ‸2022-06-03}\nmetrics:", "both"),
        ("metrics:", "‸events: {}\nmetrics:", "not supported yet"),
        ("metrics:", "‸escalation: {red: 24h}\nmetrics:", "not supported yet"),
        ("metrics:", "‸colour: red\nmetrics:", "Unknown key “colour”"),
        ("metrics:", "‸titel: red\nmetrics:", "Did you mean “title”?"),
        ("metrics:", "‸title: red\nmetrics:", "first on line 3"),
        ("school: {name: 学校}", "school: {name: 学校, parent: ‸enterprize}", "“enterprise”?"),
        ("school: {name: 学校}", "school: {name: 学校, parent: ‸school}", "school, school"),
        ("enterprise: {name: 企业}", "enterprise: {name: 企业, parent: ‸deep-coal}", "in a circle"),
        ("school: {name: 学校}", "school: ‸学校", "a mapping with a name"),
        ("school: {name: 学校}", "school:‸", "no value"),
        ("school: {name: 学校}", "‸a school: {name: 学校}", "cannot be an id"),
        ("school: {name: 学校}", "school: {‸nam: 学校}", "Did you mean “name”?"),
        ("{name: 人数}", "{name: 人数, aggregate: ‸avg}", "one of: sum, max, last"),
        ("id: s1", "id: ‸''", "no value"),
        ("title: 报送\n", "title: 报送\n  ‸lable: 四\n", "Did you mean “label”?"),
        ("id: other", "id: ‸start", "names a day of the campaign"),
        ("id: other", "id: ‸end", "names a day of the campaign"),
        ("id: other", "id: ‸issued", "names a day of the campaign"),
        ("{id: other, title: 其他", "‸{id: other", "“title” is missing"),
        ("{id: other, title", "‸{title", "“id” is missing"),
        ("{id: other, title: 其他, due: 2022-06-10}", "‸other", "a mapping with id and title"),
        ("{id: other, title: 其他, due: 2022-06-10}", "‸{}", "empty"),
    ],
)
def test_what_the_file_refuses(old: str, new: str, part: str) -> None:
    assert MINIMAL.count(old)
    assert_problems(MINIMAL.replace(old, new, 1), part)


@pytest.mark.parametrize("key", ["format", "id", "title", "period"])
def test_a_required_key_is_missed_at_the_top(key: str) -> None:
    lines = [line for line in MINIMAL.splitlines() if not line.startswith(key)]
    assert_problems("‸" + "\n".join(lines) + "\n", f"“{key}” is missing")


def test_missing_kinds_units_and_sections_are_one_problem_each() -> None:
    without_kinds = TOP[: TOP.index("unit_kinds:")] + TOP[TOP.index("units:") :]
    assert_problems("‸" + without_kinds + SECTION + OTHER, "“unit_kinds” is missing")
    without_units = TOP[: TOP.index("units:")] + TOP[TOP.index("metrics:") :]
    assert_problems("‸" + without_units + SECTION + OTHER, "“units” is missing")
    assert_problems("‸" + TOP, "“sections” is missing")
    assert_problems(TOP + "sections: ‸[]\n", "no value")
    assert_problems(TOP + SECTION.replace("activities:", "activities: ‸[]"), "no value")


def test_ids_are_unique_and_titles_are_not() -> None:
    again = "- id: s2\n  title: 报送\n  activities:\n  - {id: b, title: 其他}\n"
    assert campaign_of(MINIMAL + again).sections[1].title == "报送"
    assert_problems(MINIMAL + again.replace("id: b", "id: ‸other"), "taken; it is first on line 24")
    assert_problems(MINIMAL + again.replace("s2", "‸s1"), "The id “s1” is taken")


def test_ids_are_compared_in_nfc() -> None:
    composed, decomposed = "caf\u00e9", unicodedata.normalize("NFD", "caf\u00e9")
    text = MINIMAL.replace("id: other", f"id: {decomposed}")
    assert campaign_of(text).activities[0].id == composed
    again = f"  - {{id: ‸{composed}, title: T}}\n"
    assert_problems(text + again, "is taken")
    assert activity_of(text + f"  - {{id: a, title: T, due: {{after: {composed}, days: 1}}}}\n")
    tagged = MINIMAL.replace("[river, pilot]", f"[{composed}]")
    assert activity_of(tagged + f"  - {{id: a, title: T, for: tag:{decomposed}}}\n").units == {"v1"}
    assert_problems(
        TOP.replace("school:", f"{composed}: {{name: a}}\n  ‸{decomposed}:") + SECTION + OTHER,
        "stands twice",
    )


def test_every_problem_is_reported_in_order() -> None:
    assert_problems(
        MINIMAL.replace("format: 1", "format: ‸one")
        .replace("kind: coal}", "kind: ‸cole}")
        .replace("due: 2022-06-10", "due: ‸2022-06-31, ‸colour: red")
        .replace("{name: 场次,", "{name: ‸[场次],"),
        "“one”",
        "Did you mean “coal”?",
        "Expected a text",
        "no day",
        "Unknown key",
    )

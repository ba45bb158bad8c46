"""The bundled campaigns hold what the notice asks, and nothing that names a person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from campaigns.definition import (
    Activity,
    Asap,
    By,
    Campaign,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
    Unit,
)
from campaigns.reading.loader import load
from tests.campaigns.bundled import (
    DEFINITIONS,
    FIRE_WEEK,
    SAFETY_MONTH,
    SAMPLE_UNITS,
    dues,
    items_of,
    overdue,
    read,
)
from tests.campaigns.notice import OVERDUE, REPORTS, ROWS, SUBMISSIONS

FILES = sorted(DEFINITIONS.rglob("*.yaml"))
ENTERPRISES = {"coal", "noncoal", "chemical", "trade"}


@pytest.fixture
def notice() -> Campaign:
    return read(SAFETY_MONTH)


def row_of(activity: Activity) -> str:
    return activity.id.split("-", 1)[0]


def of_row(campaign: Campaign, row: str) -> list[Activity]:
    return [activity for activity in campaign.activities if row_of(activity) == row]


def owers(campaign: Campaign, who: str) -> set[str]:
    """The units that a Who column names."""

    def owes(unit: Unit) -> bool:
        letters = {
            "village": "VP",
            "station": "DT" if unit.id == "station-anjian" else "D",
            "mass-org": "M",
            "government": "T",
        } | dict.fromkeys(ENTERPRISES, "E")
        return bool(set(letters.get(unit.kind, "")) & set(who))

    return {unit.id for unit in campaign.units if owes(unit)}


def villages_and_stations(campaign: Campaign) -> Iterator[Unit]:
    return (unit for unit in campaign.units if unit.kind in ("village", "station"))


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


@pytest.mark.parametrize("file", [SAFETY_MONTH, FIRE_WEEK], ids=lambda file: str(file.stem))
def test_loads_without_problems_under_its_own_name(file: Path) -> None:
    loaded = load(file)
    assert loaded.campaign.id == file.stem


def test_the_roster_belongs_to_the_source() -> None:
    assert len(load(SAFETY_MONTH).source.files) == 2
    assert len(load(FIRE_WEEK).source.files) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_no_digits_that_could_be_a_telephone_number(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"\d{7}|\d{3,4}[- ]\d{7,8}|\d{3}[- ]\d{4}[- ]\d{4}", text)
    assert "phone:" not in text
    assert "mobile:" not in text


@pytest.mark.parametrize("file", [SAFETY_MONTH, FIRE_WEEK], ids=lambda file: str(file.stem))
def test_each_activity_fits_its_row_and_says_what_is_asked(file: Path) -> None:
    for activity in read(file).activities:
        assert width(activity.title) <= 32, activity.title
        assert activity.guidance.strip(), activity.id


class TestHeader:
    def test_names_the_notice(self, notice: Campaign) -> None:
        assert notice.title == "2022年“安全生产月”活动"
        assert notice.issuer == "荫城镇人民政府"
        assert notice.document == "关于开展2022年“安全生产月”活动的通知"
        assert notice.basis == "长上政安办发〔2022〕19号"
        assert notice.theme == "遵守安全生产法 当好第一责任人"
        assert notice.office == "镇安监站"
        assert notice.summary

    def test_has_the_notice_s_dates(self, notice: Campaign) -> None:
        assert notice.issued == date(2022, 5, 30)
        assert notice.period == Period(date(2022, 6, 1), date(2022, 6, 30))
        assert (notice.timezone, notice.language) == ("Asia/Shanghai", "zh-CN")
        assert notice.calendar == "none"

    def test_reports_come_first_then_the_order_of_the_notice(self, notice: Campaign) -> None:
        assert [section.id for section in notice.sections] == [
            "reports",
            "topic",
            "priorities",
            "activities",
            "safeguards",
        ]
        labels = [section.label for section in notice.sections]
        assert labels == ["五（四）", "四（一）", "四（二）", "四（三）", "五"]

    def test_rows_stand_in_their_section(self, notice: Campaign) -> None:
        letters = {"a": "topic", "b": "priorities", "c": "activities", "g": "safeguards"}
        for row in ROWS:
            for activity in of_row(notice, row):
                assert activity.section == letters[row[0]]


class TestRows:
    @pytest.mark.parametrize("row", ROWS)
    def test_is_there_for_those_the_notice_names(self, notice: Campaign, row: str) -> None:
        activities = of_row(notice, row)
        assert len(activities) == (4 if row == "c6.2" else 1)
        for activity in activities:
            assert activity.units == owers(notice, ROWS[row][0])

    def test_nothing_is_asked_beyond_the_rows(self, notice: Campaign) -> None:
        others = {each.id for each in notice.activities if row_of(each) not in ROWS}
        assert others == set(REPORTS.values())

    @pytest.mark.parametrize(
        ("when", "due"),
        [
            ("month", By(date(2022, 6, 30), opens=date(2022, 6, 1))),
            ("at once", Asap()),
            ("undated", None),
        ],
    )
    def test_are_due_when_the_notice_says(
        self, notice: Campaign, when: str, due: By | Asap | None
    ) -> None:
        expected = {row for row, (_, asked) in ROWS.items() if asked == when}
        assert {row for row in ROWS if of_row(notice, row)[0].due == due} == expected

    def test_consultation_day_and_what_comes_before_it(self, notice: Campaign) -> None:
        (consultation,), (works,) = of_row(notice, "c1.1"), of_row(notice, "c1.2")
        assert consultation.due == OnDay(date(2022, 6, 16))
        assert works.due == Relative("before", consultation.id, days=1)
        village = "village-yincheng"
        assert dues(SAFETY_MONTH, village, consultation.id) == ["2022-06-16T23:59:59+08:00"]
        assert dues(SAFETY_MONTH, village, works.id) == ["2022-06-15T23:59:59+08:00"]

    def test_a_major_hazard_is_reported_when_one_is_found(self, notice: Campaign) -> None:
        (ledger,) = of_row(notice, "b2.4")
        assert isinstance(ledger.due, OnEvent)
        assert (ledger.due.within, ledger.due.steps) == (None, ())

    def test_questions_of_shift_week_dekad_and_quarter(self, notice: Campaign) -> None:
        by_id = {activity.id: activity for activity in of_row(notice, "c6.2")}
        assert by_id["c6.2-shift"].due == Tally(notice.period)
        assert by_id["c6.2-shift"].metrics
        assert dues(SAFETY_MONTH, "coal-yihao", "c6.2-shift") == []
        for activity, last_days in [
            ("c6.2-week", ["05", "12", "19", "26"]),
            ("c6.2-dekad", ["10", "20", "30"]),
            ("c6.2-quarter", ["30"]),
        ]:
            instants = [f"2022-06-{day}T23:59:59+08:00" for day in last_days]
            assert dues(SAFETY_MONTH, "coal-yihao", activity) == instants


class TestReports:
    def test_are_six_for_villages_and_stations(self, notice: Campaign) -> None:
        reports = notice.sections[0].activities
        assert [each.id for each in reports] == list(REPORTS.values())
        assert all(each.units == owers(notice, "VD") for each in reports)

    def test_every_village_and_station_owes_the_eight_submissions(self, notice: Campaign) -> None:
        for unit in villages_and_stations(notice):
            items = items_of(SAFETY_MONTH, unit, section="reports")
            dated = [item for item in items if item.occurrence.due is not None]
            assert [
                (item.key, item.occurrence.due, item.counts, item.occurrence.before_issue)
                for item in dated
            ] == [
                (f"{unit.id}/{name}", datetime.fromisoformat(due), True, False)
                for name, due in SUBMISSIONS
            ]

    def test_nobody_else_owes_a_report(self, notice: Campaign) -> None:
        for unit in notice.units:
            if unit.kind not in ("village", "station"):
                assert not items_of(SAFETY_MONTH, unit, section="reports")

    @pytest.mark.parametrize(("now", "count"), OVERDUE)
    def test_overdue_with_nothing_submitted(self, notice: Campaign, now: str, count: int) -> None:
        for unit in villages_and_stations(notice):
            items = items_of(SAFETY_MONTH, unit, section="reports")
            assert overdue(items, datetime.fromisoformat(now)) == count

    def test_the_office_itself_owes_them(self, notice: Campaign) -> None:
        assert "station-anjian" in {unit.id for unit in villages_and_stations(notice)}

    def test_news_is_optional_and_highlights_wait_for_one(self, notice: Campaign) -> None:
        by_id = {activity.id: activity for activity in notice.activities}
        assert (by_id["news"].level, by_id["news"].due) == ("optional", None)
        highlights = by_id["highlights"].due
        assert isinstance(highlights, OnEvent)
        assert (highlights.within, highlights.steps) == (None, ())
        optional = [each.id for each in notice.activities if each.level == "optional"]
        assert optional == ["news"]

    def test_evidence_and_nil_report_of_the_week(self, notice: Campaign) -> None:
        by_id = {activity.id: activity for activity in notice.activities}
        assert by_id["weekly-report"].evidence == {"photo": 1, "video": 1, "text": 1}
        assert by_id["weekly-report"].nil_ok
        assert by_id["liaison-form"].evidence == {"form": 1}
        assert by_id["work-plan"].evidence == {"text": 1}
        assert not by_id["news"].nil_ok
        assert not by_id["highlights"].nil_ok

    def test_totals_of_the_month_are_never_added_to_the_weeks(self, notice: Campaign) -> None:
        owners: dict[str, set[str]] = {}
        for activity in notice.activities:
            for metric in activity.metrics:
                owners.setdefault(metric, set()).add(activity.id)
        for metric, definition in notice.metrics.items():
            is_total = metric.startswith("total-")
            assert (definition.aggregate == "last") is is_total
            assert (owners[metric] == {"summary-report"}) is is_total
            if "weekly-report" in owners[metric]:
                assert owners[metric] == {"weekly-report"}

    def test_the_notice_sets_no_targets(self, notice: Campaign) -> None:
        assert not any(activity.target for activity in notice.activities)


class TestSampleUnits:
    def test_are_as_many_of_each_kind_as_a_town_has(self, notice: Campaign) -> None:
        counts = Counter(unit.kind for unit in notice.units)
        assert counts == {
            "village": 20,
            "station": 8,
            "coal": 2,
            "noncoal": 2,
            "chemical": 2,
            "trade": 4,
            "school": 2,
            "mass-org": 3,
            "government": 1,
        }

    def test_all_say_that_they_are_samples(self, notice: Campaign, fire_week: Campaign) -> None:
        assert all("样本" in unit.tags for unit in notice.units)
        assert all("sample" in unit.tags for unit in fire_week.units)
        assert SAMPLE_UNITS.read_text("utf-8").startswith("# 样本单位")

    def test_names_are_distinct_and_short(self, notice: Campaign) -> None:
        names = [unit.name for unit in notice.units]
        assert len(set(names)) == len(names)
        assert max(map(width, names)) <= 16

    def test_liaisons_are_placeholders_without_numbers(self, notice: Campaign) -> None:
        liaisons = [unit.liaison for unit in notice.units]
        named = [liaison for liaison in liaisons if liaison.name]
        assert named
        assert all(liaison.name.endswith("某") and liaison.note == "样本" for liaison in named)
        assert not any(liaison.office_phone or liaison.mobile for liaison in liaisons)

    def test_shifts_are_told_of_enterprises_alone(self, notice: Campaign) -> None:
        told = {unit.id for unit in notice.units if unit.shifts_per_day}
        assert told == owers(notice, "E")

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.clock import instant, parse_moment, zone_of
from campaigns.definition import END_OF_DAY
from campaigns.typed.receipts import read_loosely
from tests.campaigns.builders import SHANGHAI, at, utc

NOW = at("2022-06-09 21:00")  # a Thursday
ZONES = ["Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC"]


def read(text: str, now: datetime = NOW, zone: str = SHANGHAI) -> str | None:
    """What a text means, as the zone's clocks show it."""
    moment = read_loosely(text, now, zone_of(zone))
    if moment is None:
        return None
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(zone_of(zone)):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("17:40", "17:40"), ("17：40", "17:40"), ("１７：４０", "17:40"), (" 17:40　", "17:40"),
        ("7:05", "07:05"), ("17:40:30", "17:40:30"), ("1740", "17:40"), ("0905", "09:05"),
        ("2022", "20:22"),
        ("17点40", "17:40"), ("17点40分", "17:40"), ("17时40分", "17:40"), ("17时", "17:00"),
        ("17点", "17:00"), ("17点整", "17:00"), ("5点钟", "05:00"), ("9点5分", "09:05"),
        ("下午5点", "17:00"), ("下午5:40", "17:40"), ("下午17:40", "17:40"), ("下午1点", "13:00"),
        ("晚上8点半", "20:30"), ("上午9点一刻", "09:15"), ("上午9点三刻", "09:45"),
        ("上午12点", "12:00"), ("中午12点", "12:00"), ("中午12点半", "12:30"), ("中午1点", "13:00"),
        ("中午11:50", "11:50"), ("凌晨0点", "00:00"), ("凌晨3点", "03:00"), ("早上8点", "08:00"),
        ("早8点", "08:00"), ("傍晚6点", "18:00"), ("晚7点", "19:00"),
        ("五点四十", "05:40"), ("下午五点四十", "17:40"), ("晚上八点半", "20:30"),
        ("十二点", "12:00"), ("十七点零五", "17:05"), ("二十点三十五分", "20:35"),
        ("两点", "02:00"),
        ("9am", "09:00"), ("5:40pm", "17:40"), ("5:40 PM", "17:40"), ("5 p.m.", "17:00"),
        ("12am", "00:00"), ("12pm", "12:00"), ("12:30 a.m.", "00:30"), ("noon", "12:00"),
    ],
)  # fmt: skip
def test_a_time_alone_is_todays(text: str, meant: str) -> None:
    assert read(text) == f"2022-06-09 {meant}".removesuffix(":00:00")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("今天17:40", "2022-06-09 17:40"), ("今日9点", "2022-06-09 09:00"),
        ("昨天17:40", "2022-06-08 17:40"), ("昨天 17：40", "2022-06-08 17:40"),
        ("昨天下午5点40", "2022-06-08 17:40"), ("昨日下午5点40分", "2022-06-08 17:40"),
        ("昨天晚上8点", "2022-06-08 20:00"), ("昨晚8点", "2022-06-08 20:00"),
        ("昨晚上8点", "2022-06-08 20:00"), ("昨夜11点", "2022-06-08 23:00"),
        ("昨天1740", "2022-06-08 17:40"),
        ("今早8:30", "2022-06-09 08:30"), ("今天早上8:30", "2022-06-09 08:30"),
        ("今晚8点", "2022-06-09 20:00"), ("前天9点", "2022-06-07 09:00"),
        ("前晚8点", "2022-06-07 20:00"), ("大前天9点", "2022-06-06 09:00"),
        ("3天前17:40", "2022-06-06 17:40"), ("三天前晚上八点", "2022-06-06 20:00"),
        ("一周前18:00", "2022-06-02 18:00"), ("两个星期前18:00", "2022-05-26 18:00"),
        ("yesterday 17:40", "2022-06-08 17:40"), ("Yesterday at 17:40", "2022-06-08 17:40"),
        ("yesterday 5:40pm", "2022-06-08 17:40"), ("today 9am", "2022-06-09 09:00"),
        ("the day before yesterday 5pm", "2022-06-07 17:00"),
        ("last night 8pm", "2022-06-08 20:00"), ("last night at 8:15", "2022-06-08 20:15"),
        ("this morning 8:30", "2022-06-09 08:30"), ("this afternoon 5:40", "2022-06-09 17:40"),
        ("17:40 yesterday", "2022-06-08 17:40"), ("5 pm on June 8", "2022-06-08 17:00"),
        ("3 days ago 17:40", "2022-06-06 17:40"), ("a week ago 5pm", "2022-06-02 17:00"),
        ("昨天24:00", "2022-06-08 23:59:59"), ("昨晚12点", "2022-06-08 23:59:59"),
        ("昨天24点", "2022-06-08 23:59:59"),
    ],
)  # fmt: skip
def test_days_by_their_distance(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("6.8 18:00", "2022-06-08 18:00"), ("6/8 18:00", "2022-06-08 18:00"),
        ("6-8 18:00", "2022-06-08 18:00"), ("06-08 18:00", "2022-06-08 18:00"),
        ("６．８　１８：００", "2022-06-08 18:00"), ("6。8 18：00", "2022-06-08 18:00"),
        ("6.8下午6点", "2022-06-08 18:00"), ("6.8, 18:00", "2022-06-08 18:00"),
        ("6月8日18:00", "2022-06-08 18:00"), ("6月8 18:00", "2022-06-08 18:00"),
        ("6月8号 下午6点", "2022-06-08 18:00"), ("六月八日十八点", "2022-06-08 18:00"),
        ("6月8日18时30分", "2022-06-08 18:30"),
        ("8日18:00", "2022-06-08 18:00"), ("8号 18点", "2022-06-08 18:00"),
        ("10日18:00", "2022-05-10 18:00"), ("31号 18:00", "2022-05-31 18:00"),
        ("2022.6.8 18:00", "2022-06-08 18:00"), ("2022/6/8 18:00", "2022-06-08 18:00"),
        ("2022-6-8 8:05", "2022-06-08 08:05"), ("2022-06-08 8:05", "2022-06-08 08:05"),
        ("20220608 1800", "2022-06-08 18:00"),
        ("2022年6月8日18时30分", "2022-06-08 18:30"), ("2021年6月8日 下午6点", "2021-06-08 18:00"),
        ("二〇二二年六月八日十八时", "2022-06-08 18:00"),
        ("8 June 18:00", "2022-06-08 18:00"), ("June 8 18:00", "2022-06-08 18:00"),
        ("8th June 18:00", "2022-06-08 18:00"), ("Jun. 8, 6pm", "2022-06-08 18:00"),
        ("8 of june 18:00", "2022-06-08 18:00"), ("june 8th at 18:00", "2022-06-08 18:00"),
        ("8 June 2021 18:00", "2021-06-08 18:00"), ("June 8, 2021 6pm", "2021-06-08 18:00"),
        ("June 8 1940", "2022-06-08 19:40"), ("May 5 5pm", "2022-05-05 17:00"),
        ("8/6 18:00", "2021-08-06 18:00"), ("6.10 18:00", "2021-06-10 18:00"),
        ("12.31 18:00", "2021-12-31 18:00"), ("2.29 18:00", "2020-02-29 18:00"),
    ],
)  # fmt: skip
def test_dates(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("周三18:00", "2022-06-08 18:00"), ("星期三 18:00", "2022-06-08 18:00"),
        ("礼拜三下午6点", "2022-06-08 18:00"), ("周四18:00", "2022-06-09 18:00"),
        ("周四22:00", "2022-06-02 22:00"), ("周五18:00", "2022-06-03 18:00"),
        ("周日18:00", "2022-06-05 18:00"), ("星期天18:00", "2022-06-05 18:00"),
        ("本周三18:00", "2022-06-08 18:00"), ("这周一18:00", "2022-06-06 18:00"),
        ("上周五 17:00", "2022-06-03 17:00"), ("上周一17:00", "2022-05-30 17:00"),
        ("上周日17:00", "2022-06-05 17:00"), ("上个星期三17:00", "2022-06-01 17:00"),
        ("上上周五17:00", "2022-05-27 17:00"),
        ("周三八点四十", "2022-06-08 08:40"), ("周二十点", "2022-06-07 10:00"),
        ("Mon 17:00", "2022-06-06 17:00"), ("wednesday 5pm", "2022-06-08 17:00"),
        ("Tues 9am", "2022-06-07 09:00"), ("Thu 22:00", "2022-06-02 22:00"),
        ("last Friday 5pm", "2022-06-03 17:00"), ("last Thursday 5pm", "2022-06-02 17:00"),
        ("last Mon 5pm", "2022-06-06 17:00"), ("this Monday 5pm", "2022-06-06 17:00"),
    ],
)  # fmt: skip
def test_weekdays(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("现在", 0), ("刚才", 0), ("刚刚", 0), ("now", 0), ("Just now", 0),
        ("半小时前", 30), ("半个小时前", 30), ("10分钟前", 10), ("十五分钟前", 15),
        ("１０分钟前", 10),
        ("2小时前", 120), ("两个小时前", 120), ("1个半小时前", 90), ("一个半小时以前", 90),
        ("36小时前", 36 * 60),
        ("an hour ago", 60), ("half an hour ago", 30), ("2h ago", 120), ("2 hours ago", 120),
        ("30 min ago", 30), ("30 minutes ago", 30), ("5m ago", 5), ("a minute ago", 1),
    ],
)  # fmt: skip
def test_hours_and_minutes_ago_have_elapsed(text: str, minutes: int) -> None:
    assert read_loosely(text, NOW, zone_of(SHANGHAI)) == NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", "2022-06-08"), ("前天", "2022-06-07"), ("yesterday", "2022-06-08"),
        ("3天前", "2022-06-06"), ("3 days ago", "2022-06-06"), ("a day ago", "2022-06-08"),
        ("6/8", "2022-06-08"), ("6.8", "2022-06-08"), ("6月8日", "2022-06-08"),
        ("8号", "2022-06-08"), ("2022.6.8", "2022-06-08"), ("8 June", "2022-06-08"),
        ("June 8", "2022-06-08"), ("星期三", "2022-06-08"), ("礼拜三", "2022-06-08"),
        ("本周三", "2022-06-08"), ("上周五", "2022-06-03"), ("Friday", "2022-06-03"),
    ],
)  # fmt: skip
def test_a_day_without_a_time_is_its_end(text: str, day: str) -> None:
    assert read(text) == f"{day} 23:59:59"


@pytest.mark.parametrize("text", ["今天", "today", "6.9", "9日", "周四", "2022年6月9日", "June 9"])
def test_today_without_a_time_is_now(text: str) -> None:
    assert read(text) == "2022-06-09 21:00"


def test_a_bare_iso_date_is_its_beginning_as_everywhere() -> None:
    assert read("2022-06-08") == "2022-06-08 00:00"
    assert read("２０２２－０６－０８") == "2022-06-08 00:00"


def test_in_january_december_is_last_years() -> None:
    january = at("2022-01-02 09:00")
    assert read("12.31", january) == "2021-12-31 23:59:59"
    assert read("12月31日18:00", january) == "2021-12-31 18:00"
    assert read("31日18:00", january) == "2021-12-31 18:00"
    assert read("1.2 08:00", january) == "2022-01-02 08:00"
    assert read("1.2 10:00", january) == "2021-01-02 10:00"
    assert read("周五18:00", january) == "2021-12-31 18:00"
    assert read("上周一18:00", january) == "2021-12-20 18:00"


def test_a_31st_is_looked_for_over_shorter_months() -> None:
    assert read("31日18:00", at("2022-03-31 09:00")) == "2022-01-31 18:00"
    assert read("30日18:00", at("2022-03-05 09:00")) == "2022-01-30 18:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:00", "2022-06-09 22:00"), ("今天22:00", "2022-06-09 22:00"),
        ("今晚10点", "2022-06-09 22:00"), ("明天9点", "2022-06-10 09:00"),
        ("tomorrow", "2022-06-10 23:59:59"), ("2022年6月10日9点", "2022-06-10 09:00"),
        ("2023.1.1", "2023-01-01 23:59:59"), ("2022-07-01T09:00", "2022-07-01 09:00"),
        ("本周五9点", "2022-06-10 09:00"), ("this Friday 9am", "2022-06-10 09:00"),
        ("10 June 2022 9am", "2022-06-10 09:00"),
    ],
)  # fmt: skip
def test_what_names_one_future_day_is_returned_to_be_refused(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "6月31日", "6月31日18:00", "6.31", "2022.6.31", "2022.6-8", "2022年2月29日", "20220631",
        "13.6", "13/6",
        "0.8", "6.0", "32日", "0号", "31 June", "June 31", "31 April 18:00", "2022-06-31",
        "25:00", "24:01", "24:00:00", "17:60", "17:5", "17点60分", "25点", "2500", "1760",
        "昨天25:00",
        "6.8 25:00", "17:40:60", "下午9点", "下午0点", "上午15点", "凌晨12点", "早上1点",
        "晚上12点半",
        "0pm", "13am", "5点pm", "17", "174", "17400", "8点8", "三四点", "昨天下午", "下午", "昨晚",
        "", " ", "，", "abc", "明年", "maybe 8", "monkey 17:40", "Monda", "6.818:00", "6.8 18:00 x",
        "6.121740", "202206081740", "June 8 20221740", "一二点", "一五分钟前",
        "6.8.9", "6-8-9", "6月", "June", "20226", "0分钟前", "小时前", "ago", "-1天前",
        "周八",
        "9999天前18", "6.8 6.9", "昨天今天", "17:40 17:50", "18:00-19:00", "一二三", "十十点",
        "次日9点",
        "²⁵:00", "٥:٠٠", "17;40", "6.8\x00",
        "9" * 5000, "昨" * 5000,
        "9999999天前", "2022-06-08T18:00+25:00", "周三周四", "昨天at", "yesterday at",
    ],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    assert read(text) is None


def test_clock_changes_are_those_of_the_zone() -> None:
    zone = "America/New_York"
    spring, autumn = at("2022-03-13 12:00", zone), at("2022-11-06 12:00", zone)
    assert read("今天2:30", spring, zone) == "2022-03-13 03:00"
    assert read_loosely("今天1:30", autumn, zone_of(zone)) == utc("2022-11-06 06:30")
    assert read("12小时前", spring, zone) == "2022-03-12 23:00"
    assert read("昨天12:00", spring, zone) == "2022-03-12 12:00"
    assert read("1天前", autumn, zone) == "2022-11-05 23:59:59"


def test_today_is_the_zones_day() -> None:
    moment = utc("2022-06-09 20:00")
    assert read("昨天18:00", moment) == "2022-06-09 18:00"
    assert read("昨天18:00", moment, "UTC") == "2022-06-08 18:00"


def test_the_calendar_ends() -> None:
    first, last = utc("0001-01-02 00:00"), utc("9999-12-30 00:00")
    assert read("9天前", first, "UTC") is None
    assert read("30小时前", first, "UTC") is None
    assert read("12.31", first, "UTC") is None
    assert read("后天", last, "UTC") is None
    assert read("0001年1月1日0点", first) is None


PIECES = st.sampled_from(
    ["昨天", "今天", "前", "周", "上", "三", "十", "6", "8", "31", "2022", "月", "日", "号", "年",
     ".",
     "/", "-", ":", "：", " ", "点", "半", "分", "刻", "下午", "晚", "小时", "天", "个",
     "june", "mon",
     "last", "yesterday", "ago", "an", "pm", "18:00", "2.29", "0", "９", "at", "of", ","]
)  # fmt: skip
TEXTS = st.text() | st.lists(PIECES, max_size=7).map("".join)
NOWS = st.datetimes(datetime(1972, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(TEXTS, st.datetimes(timezones=st.just(UTC)), st.sampled_from(ZONES))
@example("12.31", datetime.min.replace(tzinfo=UTC), "UTC")
@example("明天", datetime.max.replace(tzinfo=UTC), "UTC")
def test_no_text_raises(text: str, now: datetime, zone: str) -> None:
    try:
        now.astimezone(zone_of(zone))
    except OverflowError:
        return
    moment = read_loosely(text, now, zone_of(zone))
    assert moment is None or moment.tzinfo is UTC


@given(NOWS, st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2000, 12, 31)),
       st.none() | st.times(),
       st.sampled_from(["{0.month}.{0.day}", "{0.month}月{0.day}日", "{0.day}号", "{0:%A}",
                        "{0:%B} {0.day}", "{0.day} {0:%b}", "last {0:%a}"]))  # fmt: skip
def test_without_a_year_nothing_is_after_now_and_nothing_later_fits(
    now: datetime, zone_name: str, day: date, clock: time | None, form: str
) -> None:
    zone = zone_of(zone_name)
    said = form.format(day)
    moment = read_loosely(said if clock is None else f"{said} {clock:%H:%M}", now, zone)
    assert moment is not None
    assert moment <= now
    if clock is not None:
        fitting = _latest_by_search(
            form, day, clock.replace(second=0, microsecond=0), now, zone_name
        )
        assert moment == fitting


def _latest_by_search(form: str, day: date, clock: time, now: datetime, zone_name: str) -> datetime:
    """Day by day back from today: the first that is written so and is not after now."""
    zone = zone_of(zone_name)
    today = now.astimezone(zone).date()
    start = 1 if form.startswith("last") else 0
    for back in range(start, 9 * 366):
        candidate = today - timedelta(days=back)
        if form.startswith("last"):
            fits = candidate.weekday() == day.weekday()
        else:
            fits = form.format(candidate) == form.format(day)
        if fits and instant(zone, candidate, clock) <= now:
            return instant(zone, candidate, clock)
    raise AssertionError("no such day")


@given(NOWS, NOWS, st.sampled_from(ZONES), st.sampled_from(["T", " "]), st.booleans())
def test_iso_forms_come_back(
    moment: datetime, now: datetime, zone_name: str, sign: str, has_offset: bool
) -> None:
    zone = zone_of(zone_name)
    shown = moment.astimezone(zone).isoformat(sep=sign)
    text = shown if has_offset else shown[:19]
    assert read_loosely(text, now, zone) == parse_moment(text, zone)
    if has_offset and moment.astimezone(zone).utcoffset() == timedelta(hours=8):
        assert read_loosely(text, now, zone) == moment


@given(NOWS, st.sampled_from(ZONES), st.integers(0, 3), st.times())
def test_the_same_day_and_time_in_every_form_is_the_same_instant(
    now: datetime, zone_name: str, back: int, clock: time
) -> None:
    zone = zone_of(zone_name)
    day = now.astimezone(zone).date() - timedelta(days=back)
    near = ("今天", "昨天", "前天", "大前天")[back]
    forms = [
        f"{near}{clock:%H:%M}", f"{near} {clock.hour}点{clock.minute}分", f"{near}{clock:%H%M}",
        f"{day.year}年{day.month}月{day.day}日{clock:%H:%M}",
        f"{day.year}.{day.month}.{day.day} {clock:%H:%M}",
        f"{day:%Y%m%d} {clock:%H:%M}",
    ]  # fmt: skip
    if back:
        forms += [f"{back}天前{clock:%H:%M}", f"{back} days ago at {clock:%I:%M%p}"]
    meant = instant(zone, day, clock.replace(second=0, microsecond=0))
    assert {read_loosely(form, now, zone) for form in forms} == {meant}
    if day != now.astimezone(zone).date():
        assert read_loosely(near, now, zone) == instant(zone, day, END_OF_DAY)

"""Reads the top of a campaign file, and checks what concerns the whole file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, cast

from msgspec import Struct
from msgspec.structs import replace

from campaigns.definition import Campaign, Holidays, Period, UnitKind
from campaigns.full_width import ascii_twins
from campaigns.reading.activities import Located, LocatedSection, References, sections_of
from campaigns.reading.declarations import kinds_of, metrics_of
from campaigns.reading.fields import (
    Fields,
    check_order,
    choice_of,
    date_of,
    id_of,
    line_of,
    table_of,
    text_of,
)
from campaigns.reading.nodes import Node, Scalar
from campaigns.reading.problems import Problems, and_then, did_you_mean, quoted
from campaigns.reading.references import check_earlier_ids, check_relative_dues
from campaigns.reading.selectors import Selectors
from campaigns.reading.units import UnitList, units_of
from i18n.messages import msg

_TEXTS: Final = ("issuer", "document", "basis", "theme", "office", "summary")
_KEYS: Final = (
    "format", "id", "title", *_TEXTS, "issued", "period", "timezone", "language", "calendar",
    "holidays", "unit_kinds", "units", "metrics", "sections",
)  # fmt: skip
_LATER: Final = ("events", "assessment", "escalation", "organisation", "contact_form")
_LANGUAGE_TAG: Final = re.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_CHINESE_TIME: Final = re.compile(
    r"(?:UTC|GMT)?\+0?8(?::?00)?|CST|.*Beijing|北京时间|中国标准时间", re.I
)
_NOBODY: Final = UnitList((), complete=False)


class _Dates(NamedTuple):
    """What the dates of a campaign depend on; `sound` if it was read without a problem."""

    period: Period | None
    issued: date | None
    timezone: str
    calendar: str
    holidays: Holidays
    sound: bool


class Draft(Struct, frozen=True):
    """What could be read of a definition. `dated` if its dates were read without a problem."""

    campaign: Campaign
    sections: tuple[LocatedSection, ...]
    dated: bool

    def checked(self, problems: Problems) -> Campaign:
        """The campaign, after checking its references and its schedule.

        The schedule of the activities whose `due` could be read is checked even if others have
        problems, so that all problems are reported at once.
        """
        located = [each for section in self.sections for each in section.activities]
        grounded = check_relative_dues(located, problems)
        check_earlier_ids(located, problems)
        by_id = {each.activity.id: each for each in located if each.activity.id in grounded}
        sections = tuple(
            replace(section, activities=tuple(
                each.activity for each in activities if by_id.get(each.activity.id) is each
            ))
            for section, activities in self.sections
        )  # fmt: skip
        campaign = replace(self.campaign, sections=sections)
        if self.dated:
            _check_schedule(campaign, by_id, problems)
        return campaign


def draft_of(root: Node, roster: Callable[[Node], Node | None], problems: Problems) -> Draft | None:
    """The campaign in the root node of a definition; `roster` returns the list for `units:`."""
    table = table_of(root, msg("a mapping with format, id, title and so on"), problems)
    if table is None:
        return None
    fields = Fields(table, (*_KEYS, *_LATER), problems)
    for key in _LATER:
        if key in fields:
            fields.note_key(key, msg("“{key}” is not supported yet: delete it.", key=key))
    fields.require("format", _format)
    dates = _dates(fields)
    kinds = fields.require("unit_kinds", kinds_of)
    metrics = fields.maybe("metrics", metrics_of)
    units = _units(fields, roster, kinds)
    references = References(
        dates.period, metrics if "metrics" in fields else {}, Selectors(kinds, units, problems)
    )
    fields.check_present("sections")
    node = fields.node("sections")
    sections = () if node is None else sections_of(node, references, problems)
    texts = {key: fields.read(key, text_of, "") for key in _TEXTS}
    first = dates.period.first if dates.period else date.min
    campaign = Campaign(
        id=fields.require("id", id_of) or "",
        title=fields.require("title", line_of) or "",
        period=dates.period or Period(first, first),
        issued=dates.issued or first,
        timezone=dates.timezone,
        language=fields.read("language", _language, "zh-CN"),
        calendar=cast("Literal['none', 'cn']", dates.calendar),
        holidays=dates.holidays,
        unit_kinds=kinds or {},
        units=units.units,
        metrics=metrics or {},
        sections=(),
        **texts,
    )
    return Draft(campaign, sections, dates.sound)


def _dates(fields: Fields) -> _Dates:
    before = len(fields.problems)
    period = fields.require("period", _period)
    return _Dates(
        period,
        fields.maybe("issued", date_of),
        fields.read("timezone", _timezone, "Asia/Shanghai"),
        fields.read("calendar", choice_of("none", "cn"), "none"),
        fields.read("holidays", _holidays, Holidays()),
        sound=period is not None and len(fields.problems) == before,
    )


def _units(
    fields: Fields, roster: Callable[[Node], Node | None], kinds: Mapping[str, UnitKind] | None
) -> UnitList:
    fields.check_present("units")
    given = fields.node("units")
    listed = None if given is None else roster(given)
    return _NOBODY if listed is None else units_of(listed, kinds, fields.problems)


def _format(node: Node, problems: Problems) -> str | None:
    if isinstance(node, Scalar) and node.text == "1":
        return node.text
    found = quoted(node.text) if isinstance(node, Scalar) else "…"
    problems.add(node.place, msg("The format is 1; “{found}” is not known.", found=found))
    return None


def _period(node: Node, problems: Problems) -> Period | None:
    table = table_of(node, msg("a mapping with from and to"), problems)
    if table is None:
        return None
    fields = Fields(table, ("from", "to"), problems)
    first, last = fields.require("from", date_of), fields.require("to", date_of)
    if first is None or last is None:
        return None
    check_order(first, last, table.place, problems)
    return Period(first, last) if first <= last else None


def _timezone(node: Node, problems: Problems) -> str | None:
    from zoneinfo import ZoneInfo, available_timezones

    name = line_of(node, problems)
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = msg("There is no time zone “{zone}”.", zone=quoted(name))
        chinese = _CHINESE_TIME.fullmatch(ascii_twins(name).replace(" ", ""))
        if chinese:
            problems.add(node.place, and_then(message, did_you_mean("Asia/Shanghai")))
        else:
            problems.explain(node.place, message, name, available_timezones())
        return None
    return name


def _language(node: Node, problems: Problems) -> str | None:
    tag = line_of(node, problems)
    if tag is None or _LANGUAGE_TAG.fullmatch(tag):
        return tag
    message = msg("Expected a language like zh-CN or en, found “{text}”.", text=quoted(tag))
    problems.add(node.place, message)
    return None


def _holidays(node: Node, problems: Problems) -> Holidays | None:
    table = table_of(node, msg("a mapping with off, on or both"), problems)
    if table is None:
        return None
    fields = Fields(table, ("off", "on"), problems)
    off, on = fields.many("off", date_of), fields.many("on", date_of)
    for day in sorted(set(off) & set(on)):
        fields.note("on", msg("{day} cannot be both off and on.", day=day))
    return Holidays(frozenset(off), frozenset(on))


def _check_schedule(
    campaign: Campaign, activities: Mapping[str, Located], problems: Problems
) -> None:
    from campaigns.scheduling.schedule import schedule_problems

    for activity, path, message in schedule_problems(campaign):
        problems.add(activities[activity].place(*path), message)

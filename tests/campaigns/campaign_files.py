"""Campaign files for tests: a sound one, and marks for where a problem is expected."""

from __future__ import annotations

from typing import Final

from campaigns.definition import Activity, Campaign
from campaigns.reading.loader import read
from campaigns.reading.problems import InvalidDefinition, Place
from campaigns.reading.source import source_of

FILE: Final = "campaign.yaml"
ROSTER: Final = "units.yaml"
MARK: Final = "‸"
"""Stands right before each place at which a problem is expected."""

TOP: Final = """\
format: 1
id: june
title: 六月活动
period: {from: 2022-06-01, to: 2022-06-30}
unit_kinds:
  village: {name: 村}
  enterprise: {name: 企业}
  coal: {name: 煤矿, parent: enterprise}
  deep-coal: {name: 深井煤矿, parent: coal}
  school: {name: 学校}
units:
- {id: v1, name: 一村, kind: village, tags: [river, pilot]}
- {id: v2, name: 二村, kind: village, tags: river}
- {id: e1, name: 某厂, kind: enterprise}
- {id: c1, name: 某矿, kind: coal}
- {id: d1, name: 深井, kind: deep-coal}
metrics:
  sessions: {name: 场次, unit: 场}
  people: {name: 人数}
"""
SECTION: Final = """\
sections:
- id: s1
  title: 报送
  activities:
"""
OTHER: Final = "  - {id: other, title: 其他, due: 2022-06-10}\n"
MINIMAL: Final = TOP + SECTION + OTHER


def with_activity(fields: str) -> str:
    """A file whose last activity, `a`, has these fields in flow style."""
    return f"{MINIMAL}  - {{id: a, title: 事项, {fields}}}\n"


def with_due(due: str) -> str:
    """A file whose last activity, `a`, has this due."""
    return with_activity(f"due: {due}")


def campaign_of(text: str, roster: str | None = None) -> Campaign:
    files = [(FILE, text.encode())]
    if roster is not None:
        files.append((ROSTER, roster.encode()))
    return read(source_of(files))


def activity_of(text: str, activity: str = "a") -> Activity:
    return next(each for each in campaign_of(text).activities if each.id == activity)


def problems_of(text: str | bytes, roster: str | None = None) -> list[str]:
    """The problems of a file as they are printed."""
    files = [(FILE, text if isinstance(text, bytes) else text.encode())]
    if roster is not None:
        files.append((ROSTER, roster.encode()))
    try:
        read(source_of(files))
    except InvalidDefinition as error:
        return [f"{each.place}: {each.message}" for each in error.problems]
    return []


def assert_problems(marked: str, *expected: str, roster: str | None = None) -> None:
    """A file has problems where it is marked and nowhere else; each says what is expected."""
    places = [*_marks(FILE, marked), *_marks(ROSTER, roster or "")]
    found = problems_of(
        marked.replace(MARK, ""), None if roster is None else roster.replace(MARK, "")
    )
    assert [each.split(": ", 1)[0] for each in found] == [str(place) for place in places], found
    assert len(expected) == len(found), found
    for part, problem in zip(expected, found, strict=True):
        assert part in problem.split(": ", 1)[1]


def _marks(file: str, text: str) -> list[Place]:
    places = []
    for number, line in enumerate(text.split("\n"), 1):
        pieces = line.split(MARK)
        columns = [len("".join(pieces[: count + 1])) + 1 for count in range(len(pieces) - 1)]
        places += [Place(file, number, column) for column in columns]
    return places

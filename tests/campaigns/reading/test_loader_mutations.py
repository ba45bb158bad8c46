"""A damaged file is read or refused, and nothing else, quickly."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import Campaign
from campaigns.reading.loader import read
from campaigns.reading.problems import InvalidDefinition, Problem
from campaigns.reading.source import source_of
from tests import ROOT
from tests.campaigns.campaign_files import MINIMAL, with_due
from tests.counting import counted_calls

MOST_CALLS: Final = 200_000
"""Ten times what the slowest of these small files takes."""
NAMES: Final = ("campaign.yaml", "r.yaml")
DEFINITIONS: Final = ROOT / "campaigns" / "definitions"

RICH: Final = with_due("{every: week, on: [mon, wed], at: [08:00, 18:00], plus: 1d}") + (
    "  - {id: b, title: B, due: {after: other, workdays: 2}, for: [tag:river, coal]}\n"
    "  - {id: c, title: C, due: {event: 事故, steps: [{id: x, title: X, within: 1h}]}}\n"
    "  - {id: d, title: D, due: {asap: true, within: 3d}, target: {sessions: 1}}\n"
    "  - {id: e, title: E, due: &day {day: 2022-06-16, start: 08:00}, evidence: {photo: 1}}\n"
    "  - {id: f, title: F, due: *day, except: [e1], nil_ok: true, level: optional}\n"
    "holidays: {off: 2022-06-03, on: [2022-06-05]}\ncalendar: cn\ntimezone: Europe/Berlin\n"
)
BUNDLED: Final = tuple(path.read_text(encoding="utf-8") for path in DEFINITIONS.glob("*.yaml"))

FRAGMENTS: Final = (
    "", "~", "[]", "{}", "[[[", "}", "- ", ": ", "：", "&a ", "*a", "*day", "<<: *day", "!x ",
    "---", "...", "%", "|", ">", "'", '"', "\t", "\x00", "\ud7ff", "\ufeff", "2022-06-31",
    "9999-12-31", "0001-01-01", "24:00", "99:99", "1" * 40, "9999999d", "-1", "1e9", "null",
    "start", "other",
    "tag:", "day", "shift", "# ", "？", "#", "\r", "\u2028", "x" * 300, "'2022-06-01'", "last",
)  # fmt: skip


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound file after a few mishaps of an editor."""
    lines = lines_of(draw(st.sampled_from([MINIMAL, RICH, RICH, *BUNDLED])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1)) if lines else 0
        match draw(st.sampled_from(["delete", "repeat", "swap", "insert", "replace", "cut"])):
            case "delete":
                del lines[at : at + draw(st.integers(1, 3))]
            case "repeat":
                lines[at:at] = lines[at : at + 1]
            case "swap" if lines:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "insert" if lines:
                column = draw(st.integers(0, len(lines[at])))
                fragment = draw(st.sampled_from(FRAGMENTS) | st.text(max_size=5))
                lines[at] = lines[at][:column] + fragment + lines[at][column:]
            case "replace" if lines and " " in lines[at].strip():
                words = lines[at].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(FRAGMENTS))
                lines[at] = " ".join(words)
            case "cut" if lines:
                del lines[at + 1 :]
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case _:
                pass
    return "".join(lines).encode("utf-8", "surrogatepass")


@st.composite
def corrupted(draw: st.DrawFn) -> bytes:
    """A sound file with some bytes put in, taken out or changed."""
    data = bytearray(draw(st.sampled_from([MINIMAL, RICH])).encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=3))
    return bytes(data)


@settings(max_examples=250, deadline=None)
@given(damaged() | corrupted())
def test_a_damaged_file_is_read_or_refused(data: bytes) -> None:
    assert_read_or_refused(data)


@settings(max_examples=60, deadline=None)
@given(damaged() | st.binary(max_size=60))
def test_a_damaged_roster_is_read_or_refused(data: bytes) -> None:
    assert_read_or_refused(MINIMAL.replace("units:\n", "units: r.yaml\nx:\n").encode(), data)
    head, _, rest = MINIMAL.partition("units:\n")
    named = head + "units: r.yaml\n" + rest[rest.index("metrics:") :]
    assert_read_or_refused(named.encode(), data)


def assert_read_or_refused(*files: bytes) -> None:
    with counted_calls() as calls:
        result = read_or_refuse(files)
    assert calls.total < MOST_CALLS
    if isinstance(result, Campaign):
        return
    assert result
    for problem in result:
        assert problem.place.file in NAMES
        assert str(problem.message).isprintable()
    assert list(result) == sorted(result, key=lambda problem: problem.place)


def read_or_refuse(files: tuple[bytes, ...]) -> Campaign | tuple[Problem, ...]:
    try:
        return read(source_of(list(zip(NAMES, files, strict=False))))
    except InvalidDefinition as error:
        return error.problems


def test_the_files_that_are_damaged_are_sound() -> None:
    for text in (MINIMAL, RICH):
        assert isinstance(read(source_of([("campaign.yaml", text.encode())])), Campaign)

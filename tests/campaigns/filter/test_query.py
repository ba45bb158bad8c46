"""What is typed in the filter, and the units and items that it picks."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypinyin import Style

from campaigns.definition import Unit, UnitKind
from campaigns.entries import State
from campaigns.filter.query import Query, RowFilter, Word
from campaigns.filter.states import STANDING_WORDS
from campaigns.filter.unit_texts import UnitTexts
from campaigns.standing.board import Line
from campaigns.standing.matrix import CELLS, Column, Row, cell_of
from campaigns.timing import Timing
from tests.campaigns.builders import activity, entry, item
from tests.campaigns.han import HAN, readings

KINDS: Final = {
    "village": UnitKind("village", "村"),
    "enterprise": UnitKind("enterprise", "企业"),
    "coal": UnitKind("coal", "煤矿", "enterprise"),
    "deep-coal": UnitKind("deep-coal", "井工矿", "coal"),
}
UNITS: Final = (
    Unit("village-yincheng", "荫城村", "village", ("样本", "集镇")),
    Unit("village-xigou", "西沟村", "village", ("山区",)),
    Unit("c-1", "长治一号", "coal", ("重点",)),
    Unit("c-2", "ＡＢ矿 East", "deep-coal"),
)


def found(text: str) -> list[str]:
    texts = UnitTexts(KINDS)
    query = Query.read(text)
    return [unit.id for unit in UNITS if query.matches_unit(unit, texts)]


YINCHENG, XIGOU, ONE, TWO = (unit.id for unit in UNITS)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("荫城", [YINCHENG]),
        ("yincheng", [YINCHENG]),
        ("ycc", [YINCHENG]),
        ("chengc", [YINCHENG]),
        ("cc", [YINCHENG, ONE]),
        ("village-x", [XIGOU]),
        ("山区", [XIGOU]),
        ("煤矿", [ONE, TWO]),
        ("企业", [ONE, TWO]),
        ("enterprise", [ONE, TWO]),
        ("DEEP-coal", [TWO]),
        ("changzhi", [ONE]),
        ("zz", [ONE]),
        ("村 集镇", [YINCHENG]),
        ("村\u3000ｘｉｇｏｕ", [XIGOU]),
        ("ab", [TWO]),
        ("Ｃ－２", [TWO]),
        ("east", [TWO]),
        ("村 企业", []),
        ("over", []),
        ("重点村", []),
        ("样本集镇", []),
    ],
)
def test_words_that_pick_units(text: str, units: list[str]) -> None:
    assert found(text) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("-企业", [YINCHENG, XIGOU]),
        ("!ycc 村", [XIGOU]),
        ("！荫城\u3000村", [XIGOU]),
        ("－村", [ONE, TWO]),
        ("村 -", [YINCHENG, XIGOU]),
        ("!-1", [YINCHENG, XIGOU, TWO]),
    ],
)
def test_words_that_exclude_units(text: str, units: list[str]) -> None:
    assert found(text) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("荫城|西沟", [YINCHENG, XIGOU]),
        ("ycc｜c-1", [YINCHENG, ONE]),
        ("荫城|西沟 山区", [XIGOU]),
        ("-荫城|西沟", [ONE, TWO]),
        ("荫城|", [YINCHENG]),
        ("|", [YINCHENG, XIGOU, ONE, TWO]),
        ("ab矿east|zz", [ONE, TWO]),
    ],
)
def test_alternatives_find_what_any_of_them_finds(text: str, units: list[str]) -> None:
    assert found(text) == units


def test_alternatives_select_states_and_titles() -> None:
    query = Query.read("逾期|done #周报|#月报 done|村")
    assert query.standings == (Word(("逾期", "done")),)
    assert query.activity_words == (Word(("周报", "月报")),)
    assert query.unit_words == (Word(("done", "村")),)
    assert query.speaks_of("安全月报", activity("a"))
    assert not query.speaks_of("安全演练", activity("a"))


def test_words_are_told_apart() -> None:
    query = Query.read("村 -YCC 逾期 !Done ＃周报 -#drill overdues")
    assert query.unit_words == (Word(("村",)), Word(("ycc",), True), Word(("overdues",)))
    assert query.standings == (Word(("逾期",)), Word(("done",), True))
    assert query.activity_words == (Word(("周报",)), Word(("drill",), True))
    assert query.picks_items
    assert not Query.read("村").picks_items


@pytest.mark.parametrize("text", ["", " ", "\u3000\t", "-", "！ #", "-# !＃ －"])
def test_signs_with_nothing_behind_them_are_no_words(text: str) -> None:
    assert Query.read(text) == Query()
    assert Query.read(text).is_empty
    assert found(text) == [unit.id for unit in UNITS]


@pytest.mark.parametrize("text", ["村", "逾期", "#a", "-村"])
def test_a_word_is_not_empty(text: str) -> None:
    assert not Query.read(text).is_empty


def test_a_unit_of_a_changed_definition_is_taken_up() -> None:
    texts = UnitTexts(KINDS)
    before, query = UNITS[0], Query.read("dongzhuang")
    assert not query.matches_unit(before, texts)
    assert query.matches_unit(replace(before, name="东庄村"), texts)
    assert not query.matches_unit(before, texts)


def test_texts_made_ahead_answer_the_same() -> None:
    texts = UnitTexts(KINDS)
    texts.prepare(UNITS)
    assert Query.read("ycc").matches_unit(UNITS[0], texts)
    assert not Query.read("ycc").matches_unit(UNITS[1], texts)


S, T = State, Timing
WEEKLY: Final = item(of=activity("weekly-report"))
LINES: Final = {
    name: Line(WEEKLY, entry(state, nil=name == "nil"), timing)
    for name, state, timing in [
        ("ahead", S.TODO, T.UPCOMING),
        ("open", S.TODO, T.OPEN),
        ("begun", S.DOING, T.DUE_SOON),
        ("owed", S.TODO, T.OVERDUE),
        ("sent back", S.RETURNED, T.OVERDUE),
        ("handed in", S.DONE, T.ON_TIME),
        ("nil", S.DONE, T.ON_TIME),
        ("handed in late", S.DONE, T.LATE),
        ("checked", S.VERIFIED, T.LATE),
        ("excused", S.WAIVED, T.EXEMPT),
    ]
}


def picked(text: str) -> list[str]:
    query = Query.read(text)
    return [name for name, line in LINES.items() if query.matches_line(line)]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("未开始 todo TODO ｔｏｄｏ", ["ahead", "open", "owed"]),
        ("进行中 doing", ["begun"]),
        ("已报送 done submitted", ["handed in", "nil", "handed in late"]),
        ("已核验 verified", ["checked"]),
        ("退回 returned", ["sent back"]),
        ("不适用 waived exempt", ["excused"]),
        ("零报告 nil", ["nil"]),
        ("逾期 overdue", ["owed", "sent back"]),
        ("临期 soon due_soon", ["begun"]),
        ("逾期补报 迟报 late", ["handed in late", "checked"]),
        ("按时 on_time", ["handed in", "nil"]),
        ("未报 missing", ["ahead", "open", "begun", "owed", "sent back"]),
        ("未到期 upcoming", ["ahead"]),
        ("open", ["open"]),
    ],
)
def test_words_that_pick_items_by_how_they_stand(words: str, lines: list[str]) -> None:
    for word in words.split():
        assert picked(word) == lines, word
        assert picked("-" + word) == [name for name in LINES if name not in lines], word
        assert found(word) == [unit.id for unit in UNITS], word


def test_every_state_and_timing_has_its_own_name_for_a_word() -> None:
    for name in [*State, *Timing]:
        assert not Query.read(name).unit_words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("逾期 退回", ["sent back"]),
        ("已报送 -零报告 -late", ["handed in"]),
        ("done verified", []),
        ("荫城 逾期", ["owed", "sent back"]),
        ("逾", list(LINES)),
        ("逾期了", list(LINES)),
    ],
)
def test_words_that_pick_items_go_together(text: str, lines: list[str]) -> None:
    assert picked(text) == lines


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("#周活动", True),
        ("＃周活动", True),
        ("#WEEKLY", True),
        ("#第二步", True),
        ("#2号", True),
        ("#演练", False),
        ("-#周活动", False),
        ("!#演练", True),
        ("#周 #weekly -#drill", True),
        ("#周 #drill", False),
        ("周活动", True),
    ],
)
def test_words_that_pick_items_by_their_activity(text: str, answers: bool) -> None:
    reports = replace(activity("weekly-report"), title="报送周活动２号")
    of_step = item(of=reports)
    of_step = replace(of_step, occurrence=replace(of_step.occurrence, title="第二步"))
    assert Query.read(text).matches_line(Line(of_step, entry(), Timing.OPEN)) is answers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("荫城", True),
        ("荫城 逾期", True),
        ("荫城 逾期 退回", False),
        ("西沟 逾期", False),
        ("-todo", True),
        ("荫城 -todo -done", False),
    ],
)
def test_a_unit_is_shown_for_its_items(text: str, shown: bool) -> None:
    lines = [LINES["owed"], LINES["handed in"]]
    assert is_shown(Query.read(text), UNITS[0], lines) is shown


def test_a_unit_without_items_is_shown_only_for_itself() -> None:
    assert is_shown(Query.read("荫城"), UNITS[0], [])
    assert not is_shown(Query.read("荫城 -逾期"), UNITS[0], [])


def is_shown(
    query: Query, unit: Unit, lines: Sequence[Line], texts: UnitTexts | None = None
) -> bool:
    """Whether the row of a unit with these items passes the filter."""
    columns = [Column(line.item.activity, line.item.occurrence) for line in lines]
    cells = bytes(CELLS.index(cell_of(line)) for line in lines)
    row = Row(unit, cells, array("I", bytes(4 * len(lines))))
    return RowFilter(query, columns, texts or UnitTexts(KINDS)).lets_through(row)


WORDS: Final = [
    *STANDING_WORDS, "荫城", "村", "ycc", "c", "企业", "山区", "ｘｉ", "#周", "#activity", "零",
]  # fmt: skip
TYPED: Final = st.lists(
    st.one_of(
        st.sampled_from([sign + word for sign in ("", "", "-", "！") for word in WORDS]),
        st.text(max_size=5),
    ),
    max_size=4,
).map("\u3000".join)
UNIT: Final = st.one_of(
    st.sampled_from(UNITS),
    st.builds(Unit, st.text(), st.text(), st.sampled_from(["coal", "none"]), st.just(("重点",))),
)
LINE: Final = st.sampled_from(list(LINES.values()))


@settings(deadline=None)
@given(text=st.one_of(st.text(), TYPED), unit=UNIT, line=LINE)
def test_any_text_is_a_query(text: str, unit: Unit, line: Line) -> None:
    query, texts = Query.read(text), UnitTexts(KINDS)
    by_unit, by_line = query.matches_unit(unit, texts), query.matches_line(line)
    assert is_shown(query, unit, [line], texts) is (by_unit and by_line)
    assert query.is_empty <= (by_unit and by_line)


@settings(deadline=None)
@given(text=TYPED, word=TYPED, unit=UNIT, line=LINE)
def test_another_word_never_picks_more(text: str, word: str, unit: Unit, line: Line) -> None:
    fewer, more, texts = Query.read(f"{text} {word}"), Query.read(text), UnitTexts(KINDS)
    assert fewer.matches_unit(unit, texts) <= more.matches_unit(unit, texts)
    assert fewer.matches_line(line) <= more.matches_line(line)
    assert is_shown(fewer, unit, [line], texts) <= is_shown(more, unit, [line], texts)


@settings(deadline=None)
@given(text=TYPED, unit=UNIT, line=LINE)
def test_the_order_of_words_does_not_matter(text: str, unit: Unit, line: Line) -> None:
    texts = UnitTexts(KINDS)
    one, other = Query.read(text), Query.read(" ".join(reversed(text.split())))
    assert is_shown(one, unit, [line], texts) == is_shown(other, unit, [line], texts)


def finds(text: str, unit: Unit) -> bool:
    """Whether a text of plain words finds a unit: not one with a word of another meaning."""
    query = Query.read(text)
    assume(not query.picks_items and not any(word.excludes for word in query.unit_words))
    return query.matches_unit(unit, UnitTexts(KINDS))


@settings(deadline=None)
@given(name=st.text(), unit_id=st.text())
def test_a_unit_is_found_by_its_own_name_and_id(name: str, unit_id: str) -> None:
    unit = Unit(unit_id, name, "village")
    for text in (name, unit_id, unicodedata.normalize("NFKC", name)):
        assert finds(text, unit)


@settings(deadline=None)
@given(name=st.text(HAN, min_size=1, max_size=8), data=st.data())
def test_a_unit_is_found_by_the_initials_of_its_name(name: str, data: st.DataObject) -> None:
    firsts = [st.sampled_from(readings(each, Style.FIRST_LETTER)) for each in name]
    initials = "".join(map(data.draw, firsts))
    assert finds(initials, Unit("c-1", name, "coal"))
    assert finds(initials.upper(), Unit("c-1", name, "coal"))

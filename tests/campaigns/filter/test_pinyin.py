"""What may be typed for a name, and what the readings cost until they are needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style

from campaigns.filter.pinyin import Readings, spoken
from tests import ROOT
from tests.campaigns.han import HAN, readings


def spells(word: str, name: str) -> bool:
    return Readings().spell((word,), spoken(name))


@pytest.mark.parametrize(
    "word",
    [
        "yincheng", "yinchengcun",  # in full
        "ycc", "yc", "y",  # initials
        "yinccun", "ychengc", "ychc", "ychcun",  # mixed, two letters for ch
        "yinch", "yinchengcu", "yi",  # the last one unfinished
        "cc", "chengc", "cun",  # from a later syllable on
        "yin'cheng'cun", "yin’c’c",  # parted
        "荫cc", "yin城c",  # half through the input method
    ],
)  # fmt: skip
def test_a_word_spells(word: str) -> None:
    assert spells(word, "荫城村")


@pytest.mark.parametrize(
    "word",
    [
        "ycy", "yinchengcunn", "yinn",  # more than there is
        "yichengcun", "yicc",  # unfinished before the last
        "incheng", "ng", "un",  # not from a border on
        "ycun",  # a syllable left out
        "y'incheng", "'ycc",  # parted within a syllable, before the first
        "荫城村",  # no letter of pinyin: that is text
    ],
)  # fmt: skip
def test_a_word_does_not_spell(word: str) -> None:
    assert not spells(word, "荫城村")


def test_no_syllable_between_is_left_out() -> None:
    assert spells("xgcun", "西沟村")
    assert not spells("xcun", "西沟村")


@pytest.mark.parametrize("word", ["changzhi", "zhangzhi", "cz", "zz", "chz", "zhzh"])
def test_every_reading_of_a_character(word: str) -> None:
    assert spells(word, "长治")


@pytest.mark.parametrize(
    ("word", "name"),
    [("laoting", "乐亭"), ("laoling", "乐陵"), ("haizhou", "解州"), ("hz", "解州"),
     ("xiezhou", "解州"), ("yunzhuang", "贠庄"), ("yuanzhuang", "贠庄")],
)  # fmt: skip
def test_readings_in_names_of_places(word: str, name: str) -> None:
    assert spells(word, name)


@pytest.mark.parametrize("word", ["lvliang", "luliang", "lüliang", "ll", "lvl"])
def test_ways_to_type_u_with_dots(word: str) -> None:
    assert spells(word, "吕梁")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("shili1haomeikuang", "示例1号煤矿"),
        ("1hmk", "示例1号煤矿"),
        ("slyhmk", "示例（一号）煤矿"),
        ("abcc", "abc厂"),
        ("xi'an", "西安"),
    ],
)
def test_letters_digits_and_marks_of_a_name(word: str, name: str) -> None:
    assert spells(word, name)


def test_an_apostrophe_stands_at_a_border() -> None:
    assert spells("xian", "仙台")
    assert not spells("xi'an", "仙台")


@pytest.mark.parametrize("name", ["plant 3", "", "ひらがな"])
def test_a_name_without_han_characters_is_not_spelt(name: str) -> None:
    assert spoken(name) == ""
    assert not spells("p", name)


@settings(deadline=None)
@given(name=st.lists(HAN, min_size=1, max_size=8), data=st.data())
def test_readings_and_initials_in_any_mixture(name: list[str], data: st.DataObject) -> None:
    styles = st.sampled_from([Style.NORMAL, Style.FIRST_LETTER])
    begin = data.draw(st.integers(0, len(name) - 1))
    parts = [
        data.draw(st.sampled_from(readings(character, data.draw(styles))))
        for character in name[begin:]
    ]
    word = "".join(parts)
    assert spells(word, "".join(name))
    assert spells(word[: data.draw(st.integers(1, len(word)))], "".join(name))


@settings(deadline=None)
@given(word=st.text(st.sampled_from("aceghinouvyzü'村1"), max_size=12), name=st.lists(HAN))
def test_an_answer_is_the_same_however_often_it_is_asked(word: str, name: list[str]) -> None:
    kept, text = Readings(), "".join(name)
    first = kept.spell((word,), text)
    for other in range(20):
        kept.spell((f"a{other}", "b"), text)
    assert kept.spell((word,), text) == first == spells(word, text)


@settings(deadline=None)
@given(
    words=st.lists(st.text(st.sampled_from("cehnguyi'1村"), min_size=1, max_size=6), max_size=9),
    name=st.text(st.sampled_from("荫城村西1"), max_size=6),
)
def test_one_of_some_words_spells_a_name(words: list[str], name: str) -> None:
    expected = any(spells(word, name) for word in words)
    assert Readings().spell(tuple(words), spoken(name)) == expected


def modules_after(code: str) -> set[str]:
    """What a process has imported after it asked some words about units."""
    script = f"""
import os, sys
from campaigns.definition import Unit, UnitKind
from campaigns.filter.query import Query
from campaigns.filter.unit_texts import UnitTexts

before = dict(os.environ)
texts = UnitTexts({{"village": UnitKind("village", "村")}})
def ask(text, name):
    return Query.read(text).matches_unit(Unit("north", name, "village"), texts)
{code}
assert dict(os.environ) == before
print(*sys.modules)
"""
    run = [sys.executable, "-c", script]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYPINYIN")}
    told = subprocess.run(run, cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
    return set(told.stdout.split())


def test_settings_of_the_environment_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYPINYIN_NO_PHRASES", "")
    assert spells("ycc", "荫城村")
    assert os.environ["PYPINYIN_NO_PHRASES"] == ""


def test_the_readings_are_imported_when_they_are_needed_and_not_before() -> None:
    asked = (
        'assert ask("荫城", "荫城村")\n'
        'assert ask("nor", "荫城村")\n'
        'assert not ask("ycc", "Plant 3")\n'
        'assert not ask("12", "荫城村")\n'
        'texts.prepare([Unit("south", "Plant 3", "village")])'
    )
    assert "pypinyin" not in modules_after(asked)
    ahead = 'texts.prepare([Unit("north", "荫城村", "village")])'
    for code in ('assert ask("ycc", "荫城村")', ahead):
        needed = modules_after(code)
        assert "pypinyin" in needed
        assert "pypinyin.phrases_dict" not in needed

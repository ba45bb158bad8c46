"""Texts in columns: exact widths, and no wide character cut in half."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from widgets.text_width import clean, fit, fit_right, wrap

TEXTS = st.text(alphabet="ab 1（村镇安全生产月）-", max_size=30)


@given(TEXTS, st.integers(0, 40))
@settings(deadline=None)
def test_fit_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert wcswidth(fit(text, width)) == width
    assert wcswidth(fit_right(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("北村", 6, "北村  "),
        ("北村", 4, "北村"),
        ("北村委会", 6, "北村.."),
        ("北村委会", 5, "北 .."),
        ("北村", 2, "北"),
        ("北村", 1, " "),
        ("", 3, "   "),
    ],
)
def test_fit_pads_or_cuts_between_characters(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(TEXTS, st.integers(4, 30), st.integers(1, 4))
@settings(deadline=None)
def test_wrapped_lines_have_the_width_and_lose_nothing_that_fits(
    text: str, width: int, height: int
) -> None:
    lines = wrap(text, width, height)
    assert len(lines) <= height
    assert all(wcswidth(line) == width for line in lines)
    if lines and not lines[-1].endswith(".."):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_are_not_broken_where_a_space_is_near() -> None:
    assert wrap("report every week", 12, 3) == ["report every", "week        "]
    assert wrap("report weekly now", 10, 3) == ["report    ", "weekly now"]


def test_what_a_note_could_do_to_a_terminal_is_taken_out() -> None:
    assert clean("a\x1b[2Jb\nc\u202ed") == "a [2Jb；c d"


def test_no_line_begins_with_a_sign_that_ends_something() -> None:
    assert wrap("荫城村、东庄村", 6, 3) == ["荫城  ", "村、东", "庄村  "]

"""Texts from outside, made safe to show."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.plain_text import escaped, one_line, plain


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb", "a；b"), ("一。\n二", "一。二"), ("3.\n5:\n7", "3.；5:；7"),
     ("a\r\n\r\nb\u2028c", "a；b；c"),
     ("\n", ""), ("a\n", "a"),
     ("\x1b]0;x\x07y", " ]0;x y"), ("a\tb", "a b"), ("村", "村"), ("\u202eab", " ab")],
)  # fmt: skip
def test_lines_are_joined(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_nothing_is_left_that_cannot_be_seen(text: str) -> None:
    assert one_line(text).isprintable()
    assert plain(text).replace("\n", "").isprintable()
    assert plain(plain(text)) == plain(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_json_says_the_same(text: str) -> None:
    written = escaped(json.dumps({"note": text}, ensure_ascii=False))
    assert written.isprintable()
    assert json.loads(written) == {"note": text}

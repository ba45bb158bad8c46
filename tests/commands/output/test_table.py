"""Columns of a terminal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from commands.output.table import Column, fit, lay_out, width_of

texts = st.text(alphabet="ab1-，。（）“”荫城村安全✓☐é", max_size=30)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_chinese_character_is_two_columns_wide(text: str) -> None:
    assert width_of(text) == wcswidth(text)


@given(texts, st.integers(0, 20), st.booleans())
@settings(max_examples=100, deadline=None)
def test_fit_is_exact(text: str, width: int, right: bool) -> None:
    assert wcswidth(fit(text, width, right=right)) == width


@given(st.lists(st.tuples(texts, texts, texts), max_size=6), st.integers(40, 100))
@settings(max_examples=60, deadline=None)
def test_a_table_gives_way_to_the_width(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = [Column("荫"), Column("b", gives_way=True), Column("c", right=True, gives_way=True)]
    narrow = [(row[0][:3], row[1], row[2]) for row in rows]
    assert all(wcswidth(line) <= width for line in lay_out(columns, narrow, width=width))


def test_a_cut_is_shown_and_never_splits_a_character() -> None:
    assert fit("荫城村委会", 8) == "荫城村.."
    assert fit("荫城村委会", 7) == "荫城.. "
    assert fit("荫城", 4) == "荫城"

"""Characters of ambiguous width are said by others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.stable import stable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("荫城村", "荫城村"),
        ("“安全生产月”", "＂安全生产月＂"),
        ("3—5", "3－5"),
        ("①②", "(1)(2)"),
        ("Ⅳ", "IV"),
        ("2×3", "2x3"),
        ("等等……", "等等......"),
        ("→", "->"),
    ],
)
def test_twins(text: str, expected: str) -> None:
    assert stable(text) == expected


@given(st.text())
def test_what_has_a_stable_width_stays(text: str) -> None:
    kept = [c for c in text if unicodedata.east_asian_width(c) != "A"]
    assert list(stable("".join(kept))) == kept
    assert stable(stable(text)) == stable(text)

"""Texts in which nothing can be seen."""

from __future__ import annotations

import pytest

from campaigns.blank import is_blank

BLANK = (
    "",
    " ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\ufe0f",
    "\u2800",
    "\u3164",
    "\u00ad",
    "\u200d",
)


@pytest.mark.parametrize("text", [*BLANK, "".join(BLANK)])
def test_nothing_can_be_seen(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["村", "a\u200b", "-", "。", "☐", "́"])
def test_something_can_be_seen(text: str) -> None:
    assert not is_blank(text)

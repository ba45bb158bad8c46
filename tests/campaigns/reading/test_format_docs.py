"""The examples of docs/campaign-format.md, held against the loader."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests import ROOT
from tests.campaigns.campaign_files import MINIMAL, campaign_of, problems_of

PAGE: Final = ROOT / "docs" / "campaign-format.md"
BLOCKS: Final = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
DUES: Final = [
    line.split("  #")[0].removeprefix("due: ").strip()
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("due: ")
]


def test_the_small_file_is_sound() -> None:
    assert [each.id for each in campaign_of(BLOCKS[0]).activities] == ["weekly-report"]


@pytest.mark.parametrize("due", DUES)
def test_each_example_of_a_due_is_sound(due: str) -> None:
    drill = "  - {id: drill, title: 演练, due: 2022-06-10}\n"
    text = MINIMAL.replace("to: 2022-06-30", "to: 2022-07-31")
    assert problems_of(f"{text}{drill}  - {{id: a, title: A, due: {due}}}\n") == []


def test_there_are_examples_of_every_form() -> None:
    for key in ("by", "day", "every", "after", "before", "event", "asap"):
        assert any(f"{{{key}: " in due for due in DUES)

"""Units that cannot be read are named in the views that have no row for them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from textual.pilot import Pilot
from wcwidth import wcswidth

from app import DubanApp
from campaigns.entries import State
from desk.opening import Opening
from i18n.catalogue import open_catalogue
from tests.screens.sample import app_of, opening_at, record, until
from tests.screens.views import open_view
from widgets.agenda.list import AgendaList
from widgets.chase.list import ChaseList
from widgets.line_list import LineList
from widgets.text_line import TextLine
from widgets.unread_line import UnreadLine, unread_words

VIEWS: Final = (("Agenda", AgendaList), ("Chase list", ChaseList))
both = pytest.mark.parametrize(("name", "widget"), VIEWS)
BEGIN: Final = "Not included, for their records cannot be read: "
SOUTH: Final = "南村一个名字特别长的行政村"


def damage(folder: Path, *units: str) -> None:
    """Damage the files of units."""
    there = folder / "data" / "drill-month" / "units"
    there.mkdir(parents=True, exist_ok=True)
    for unit in units:
        (there / f"{unit}.json").write_bytes(b"{ torn")


def line_of(app: DubanApp) -> str:
    """What the screen shows in the line, nothing where there is no such line."""
    line = app.screen_stack[0].query_one(UnreadLine)
    if not line.region:
        return ""
    strips = line.screen._compositor.render_strips()
    return strips[line.region.y].text.strip()


async def says(pilot: Pilot[int], app: DubanApp, text: str) -> None:
    await until(pilot, lambda: bool(app.screen.query(UnreadLine)) and line_of(app) == text)


@both
async def test_they_are_named_in_a_line_that_goes_with_them(
    tmp_path: Path, name: str, widget: type[LineList]
) -> None:
    opening = opening_at(tmp_path)
    damage(tmp_path, "north", "office")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_view(pilot, app, name, widget)
        await says(pilot, app, f"{BEGIN}北村, 安监站.")
        (tmp_path / "data" / "drill-month" / "units" / "north.json").unlink()
        await pilot.press("f5")
        await says(pilot, app, f"{BEGIN}安监站.")
        (tmp_path / "data" / "drill-month" / "units" / "office.json").unlink()
        await pilot.press("f5")
        await says(pilot, app, "")


@both
async def test_only_those_that_the_filter_lets_through_are_named(
    tmp_path: Path, name: str, widget: type[LineList]
) -> None:
    opening = opening_at(tmp_path)
    damage(tmp_path, "north", "office")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_view(pilot, app, name, widget)
        await pilot.press("f3", *"office", "enter")
        await says(pilot, app, f"{BEGIN}安监站.")


def all_in(opening: Opening) -> None:
    """Hand in all that north and south owe by now."""
    for unit in ("north", "south"):
        for item in ("plan", "weekly@2022-06-01", "weekly@2022-06-08"):
            record(opening, f"{unit}/{item}", State.DONE)


async def test_nothing_to_chase_is_said_of_those_that_were_read(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    all_in(opening)
    damage(tmp_path, "office")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_view(pilot, app, "Chase list", ChaseList)
        head = app.screen.query_one("#chase-head", TextLine)
        assert head.left == "Nothing is overdue, returned or due soon."
        await says(pilot, app, f"{BEGIN}安监站.")


FIRST: Final = "Unreadable: 北村 and 2 more"
SHORT: Final = f"Unreadable: 北村, {SOUTH}, 安监站"
WHOLE: Final = f"{BEGIN}北村, {SOUTH}, 安监站."


@both
@pytest.mark.parametrize(
    ("width", "text"),
    [(40, FIRST), (53, FIRST), (54, SHORT), (80, SHORT), (90, SHORT), (91, WHOLE), (140, WHOLE)],
)
async def test_the_line_has_as_many_names_as_it_has_room_for(
    tmp_path: Path, name: str, widget: type[LineList], width: int, text: str
) -> None:
    opening = opening_at(tmp_path)
    damage(tmp_path, "south", "north", "office")
    app = app_of(opening)
    async with app.run_test(size=(width, 24)) as pilot:
        await open_view(pilot, app, name, widget)
        await says(pilot, app, text)
        assert wcswidth(app.screen.query_one(UnreadLine).render_line(0).text) == width
        strips = [strip.cell_length for strip in app.screen._compositor.render_strips()]
        assert set(strips) == {width}


@pytest.mark.parametrize("width", range(1, 60))
def test_no_width_is_too_small_and_no_roll_too_long(width: int) -> None:
    tr = open_catalogue("zh")
    words = unread_words([f"{number}村" for number in range(3000)], tr, width)
    assert "0村" in words
    assert "另有" in words

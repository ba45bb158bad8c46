"""The themes: readable with all colours, with 256, with 16 and with none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from app import DubanApp
from screens.theme import CONTRAST, DARK, LIGHT, SHORT_NAMES, THEMES, theme_named
from tests import ROOT
from tests.screens.colours import DEPTHS, Rgb, contrast, pair
from tests.screens.sample import app_of, opening_at, until

ON_SURFACES: Final = (
    "foreground", "text", "text-muted", "text-disabled", "secondary", "accent",
    "error", "warning", "success",
    "text-primary", "text-secondary", "text-accent",
    "text-error", "text-warning", "text-success",
)  # fmt: skip
SURFACES: Final = ("background", "surface", "panel")
FILLED: Final = ("primary", "secondary", "accent", "error", "warning", "success")
"""Backgrounds on which `$text` alone may stand."""

PAIRS: Final = (
    *((text, surface) for text in ON_SURFACES for surface in SURFACES),
    *(("text", filled) for filled in FILLED),
    ("block-cursor-foreground", "block-cursor-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
)

STYLE: Final = re.compile(r"(?<![a-z-])(color|background):\s*\$([a-z0-9-]+)")


def needed(theme: Theme, depth: str) -> float:
    """WCAG AA, AAA for high contrast; with 16 colours what their palette allows."""
    if depth == "16":
        return 3.0
    return 7.0 if theme is CONTRAST else 4.5


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("theme", THEMES, ids=SHORT_NAMES)
def test_every_pair_of_colours_can_be_read(theme: Theme, depth: str) -> None:
    weak = {}
    for foreground, background in PAIRS:
        over, under = map(DEPTHS[depth], pair(theme, foreground, background, "surface"))
        ratio = contrast(over, under)
        if over == under or ratio < needed(theme, depth):
            weak[foreground, background] = round(ratio, 2)
    assert not weak


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("theme", THEMES, ids=SHORT_NAMES)
def test_white_can_be_read_on_the_primary(theme: Theme, depth: str) -> None:
    # Textual takes `$text` for white in a partial component style (LineList.style).
    primary = DEPTHS[depth](Color.parse(theme.primary).rgb)
    assert contrast(DEPTHS[depth]((255, 255, 255)), primary) >= needed(theme, depth)


def styles() -> Iterator[tuple[str, str, str]]:
    """Every `color` and `background` of the style sheets: file, property, variable."""
    for file in files():
        for found in STYLE.finditer(file.read_text(encoding="utf-8")):
            yield file.name, found[1], found[2]


def files() -> list[Path]:
    """The files that may hold style sheets."""
    rooms = (ROOT / "screens", ROOT / "widgets")
    return [file for room in rooms for kind in ("*.tcss", "*.py") for file in room.rglob(kind)]


def test_style_sheets_use_no_variable_that_is_not_checked_here() -> None:
    checked = {
        "color": {*ON_SURFACES, *(text for text, _ in PAIRS)},
        "background": {*SURFACES, *(under for _, under in PAIRS)},
    }
    used = list(styles())
    assert {("main.tcss", "background", "primary"), ("cursor_view.py", "color", "text")} < set(used)
    assert not [found for found in used if found[2] not in checked[found[1]]]


def test_hex_stands_in_the_themes_alone() -> None:
    with_hex = {file.name for file in files() if re.search(r"#[0-9a-fA-F]{6}\b", file.read_text())}
    assert with_hex == {"theme.py"}


def number_in_16(theme: Theme, variable: str) -> int | None:
    colour = Color.parse(theme.variables[variable])
    return RichColor.from_rgb(*colour.rgb).downgrade(ColorSystem.STANDARD).number


@pytest.mark.parametrize("theme", [DARK, CONTRAST], ids=("dark", "contrast"))
def test_with_16_colours_states_are_still_told_apart(theme: Theme) -> None:
    states = ["text-error", "text-warning", "text-success", "text-secondary"]
    assert [number_in_16(theme, state) for state in states] == [9, 11, 10, 7]


def test_on_white_with_16_colours_errors_are_red() -> None:
    # Green and yellow cannot be read on white: those states become grey there.
    states = ["text-error", "text-warning", "text-success"]
    assert [number_in_16(LIGHT, state) for state in states] == [1, 8, 8]


def test_themes_are_found_by_both_names() -> None:
    assert [theme_named(theme.name) for theme in THEMES] == list(THEMES)
    assert [theme_named(name) for name in SHORT_NAMES] == list(THEMES)
    assert [theme.name for theme in THEMES] == ["duban-dark", "duban-light", "duban-contrast"]
    for name in ("", "duban-", "textual-dark", "Dark", "duban-duban-dark"):
        assert theme_named(name) is None


def rgb(colour: RichColor) -> Rgb:
    triplet = colour.get_truecolor()
    return (triplet.red, triplet.green, triplet.blue)


def weak_cells(app: DubanApp, theme: Theme, depth: str) -> set[tuple[str, float]]:
    """What stands on the screen and cannot be read with so many colours."""
    weak = set()
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if not segment.text.strip() or style is None or style.color is None:
                continue
            assert style.bgcolor is not None
            over, under = (DEPTHS[depth](rgb(colour)) for colour in (style.color, style.bgcolor))
            ratio = round(contrast(over, under), 2)
            if ratio < needed(theme, depth):
                weak.add((segment.text.strip(), ratio))
    return weak


@pytest.mark.parametrize("theme", THEMES, ids=SHORT_NAMES)
async def test_what_is_drawn_can_be_read(tmp_path: Path, theme: Theme) -> None:
    app = app_of(opening_at(tmp_path))
    app.register_theme(theme)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme.name
        await until(pilot, lambda: app.screen.styles.background.hex6.lower() == theme.background)
        for keys in ((), ("space",), ("enter",), ("escape", "f1"), ("escape", "f3"), ("x",)):
            await pilot.press(*keys)
            await pilot.pause()
            for depth in DEPTHS:
                assert not weak_cells(app, theme, depth), (keys, depth)

"""What is left of colours on a terminal that has 256, 16 or none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

Rgb = tuple[int, int, int]

XTERM: Final[tuple[Rgb, ...]] = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
)  # fmt: skip
"""The 16 colours as xterm draws them."""


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def in_truecolor(colour: Rgb) -> Rgb:
    """As it is."""
    return colour


def in_256(colour: Rgb) -> Rgb:
    """As Rich shows it with 256 colours."""
    number = RichColor.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    if number < 16:
        return XTERM[number]
    triplet = RichColor.from_ansi(number).get_truecolor()
    return (triplet.red, triplet.green, triplet.blue)


def in_16(colour: Rgb) -> Rgb:
    """As Rich shows it with 16 colours, on xterm."""
    number = RichColor.from_rgb(*colour).downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return XTERM[number]


def in_grey(colour: Rgb) -> Rgb:
    """As Textual shows it where NO_COLOR is set."""
    return Color(*colour).monochrome.rgb


DEPTHS: Final[Mapping[str, Callable[[Rgb], Rgb]]] = {
    "truecolor": in_truecolor,
    "256": in_256,
    "16": in_16,
    "grey": in_grey,
}


def variables(theme: Theme) -> Mapping[str, str]:
    """What style sheets get for `$error` and the like, as App.get_css_variables makes it."""
    return {**theme.to_color_system().generate(), **theme.variables}


def pair(theme: Theme, foreground: str, background: str, below: str) -> tuple[Rgb, Rgb]:
    """Two variables as they are drawn, the second where it is translucent over a third."""
    found = variables(theme)
    under = Color.parse(found[below]) + Color.parse(found[background])
    value = found[foreground]
    if value.startswith("auto"):
        over = under.get_contrast_text(float(value.removeprefix("auto").rstrip("%")) / 100)
    else:
        over = Color.parse(value)
    return (under + over).rgb, under.rgb

"""Checks of a login's terminal and locale, and of the installed packages."""

from __future__ import annotations

import codecs
import locale
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaigns.glyphs import UNICODE_GLYPHS
from commands.login import terminal_probe
from i18n.messages import msg
from storage.health.finding import Finding, fault, ok, warning

NEEDED: Final[Mapping[str, tuple[int, ...]]] = {
    "textual": (8, 2, 8),
    "tinydb": (4, 8),
    "pyyaml": (6, 0, 1),
}
"""The lowest version of each package. A higher first number is too new: not textual 9."""
WIDE: Final = "中"
AMBIGUOUS: Final = ("●", "○", "■", "★", "→", "·", "×", "─", "│")
"""Characters that a terminal may draw one or two columns wide."""

_TRIED_ZONE: Final = "Asia/Shanghai"


def findings(environ: Mapping[str, str]) -> Iterator[Finding]:
    """The findings about this process and its terminal."""
    yield from _packages()
    yield _zones()
    yield _locale(environ)
    yield _colours(environ)
    yield from _terminal(environ)


def _packages() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield ok("python", msg("{version}", version=python))
    for name, least in NEEDED.items():
        yield _package(name, least)


def _package(name: str, least: tuple[int, ...]) -> Finding:
    wanted = ".".join(map(str, least))
    remedy = msg("Install {name} {wanted} or newer, but not {next}.",
                 name=name, wanted=wanted, next=least[0] + 1)  # fmt: skip
    try:
        found = version(name)
    except PackageNotFoundError:
        return fault(name, msg("it is not installed"), remedy)
    numbers = _numbers(found)
    if numbers < least or numbers[:1] > least[:1]:
        return fault(name, msg("{version}", version=found), remedy)
    return ok(name, msg("{version}", version=found))


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers that a version starts with: 8 and 2 of `8.2.rc1`."""
    numbers: list[int] = []
    for part in text.split("."):
        if not part.isdecimal():
            break
        numbers.append(int(part))
    return tuple(numbers)


def _zones() -> Finding:
    try:
        ZoneInfo(_TRIED_ZONE)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return fault(
            "time-zones",
            msg("there is no time zone data"),
            msg("Install tzdata, as a package of the system or of Python."),
        )
    return ok("time-zones", msg("{zone} is known", zone=_TRIED_ZONE))


def _locale(environ: Mapping[str, str]) -> Finding:
    encoding = _encoding()
    names = ("LANG", "LC_ALL", "LC_CTYPE")
    given = " ".join(f"{name}={environ[name]}" for name in names if environ.get(name))
    fact = msg("{encoding} ({given})", encoding=encoding, given=given or "LANG=")
    if encoding == "utf-8":
        return ok("locale", fact)
    return warning(
        "locale",
        fact,
        msg("Set LANG to a UTF-8 locale such as zh_CN.UTF-8, and the terminal to UTF-8."),
    )


def _encoding() -> str:
    """The locale's encoding, by Python's name for it."""
    try:
        return codecs.lookup(locale.getencoding()).name
    except LookupError:
        return locale.getencoding()


def _colours(environ: Mapping[str, str]) -> Finding:
    term = environ.get("TERM", "")
    if term in ("", "dumb"):
        return warning(
            "terminal",
            msg("TERM is “{term}”", term=term),
            msg("The interface needs a terminal such as xterm-256color."),
        )
    if environ.get("NO_COLOR"):
        colours = msg("none, by NO_COLOR")
    elif environ.get("COLORTERM") in ("truecolor", "24bit"):
        colours = msg("16 million")
    else:
        colours = msg("256") if "256" in term else msg("16")
    return ok("terminal", msg("{term}, colours: {n}", term=term, n=colours))


def _terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    try:
        stdin, stdout = sys.stdin.fileno(), sys.stdout.fileno()
        columns, rows = os.get_terminal_size(stdout)
    except (AttributeError, OSError, ValueError):
        yield ok("widths", msg("not measured: this is not a terminal"))
        return
    yield _size(columns, rows)
    if not terminal_probe.can_measure(stdin, stdout, environ.get("TERM", "")):
        yield ok("widths", msg("not measured: this is not a terminal"))
        return
    yield from _widths(stdin, stdout)


def _size(columns: int, rows: int) -> Finding:
    fact = msg("{columns} columns, {rows} rows", columns=columns, rows=rows)
    if columns >= 80 and rows >= 24:
        return ok("size", fact)
    remedy = msg("Make the window at least 80 columns by 24 rows.")
    return warning("size", fact, remedy)


def _widths(stdin: int, stdout: int) -> Iterator[Finding]:
    texts = (WIDE, *UNICODE_GLYPHS.all, *AMBIGUOUS)
    encoding = sys.stdout.encoding or "utf-8"
    found = terminal_probe.widths(texts, stdin=stdin, stdout=stdout, encoding=encoding)
    if not found:
        yield warning(
            "widths",
            msg("the terminal does not say where its cursor is"),
            msg("If columns are not aligned, use --ascii."),
        )
        return
    yield _wide(found)
    yield _ours(found)
    yield _ambiguous(found)


def _wide(found: Mapping[str, int]) -> Finding:
    fact = msg("“{text}” takes {n} columns", text=WIDE, n=found[WIDE])
    if found[WIDE] == 2:
        return ok("utf-8", fact)
    return warning(
        "utf-8",
        fact,
        msg("Set the terminal's encoding to UTF-8, and choose a font with Chinese characters."),
    )


def _ours(found: Mapping[str, int]) -> Finding:
    wide = "".join(dict.fromkeys(text for text in UNICODE_GLYPHS.all if found[text] != len(text)))
    if not wide:
        return ok("glyphs", msg("all have the right width"))
    return warning(
        "glyphs",
        msg("these have the wrong width: {glyphs}", glyphs=wide),
        msg("Use --ascii, or another font."),
    )


def _ambiguous(found: Mapping[str, int]) -> Finding:
    wide = [text for text in AMBIGUOUS if found[text] == 2]
    if not wide:
        return ok("widths", msg("ambiguous characters take 1 column"))
    return warning(
        "widths",
        msg("ambiguous characters take 2 columns: {texts}", texts="".join(wide)),
        msg("Use --ascii, or set ambiguous characters to narrow in the terminal."),
    )

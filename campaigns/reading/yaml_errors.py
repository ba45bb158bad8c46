"""Explains YAML syntax errors to people who do not know YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from campaigns.reading.problems import (
    Place,
    false_blank_hint,
    full_width_hint,
    needs_quotes,
    quoted,
)
from i18n.messages import Message, msg

if TYPE_CHECKING:
    from yaml import Mark, YAMLError

_FULL_WIDTH_KEY: Final = re.compile(r"(?:^|[-{,\[]|\s)[A-Za-z_]+\s*(：)")
_FALSE_BEGINNING: Final = re.compile(r"(?:^[ -]*|[:{\[] *)([^ \w!-~])")
"""The first character of a key or value that is neither ASCII nor a letter."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")

_MISFIT: Final = msg(
    "This does not fit the lines above. The keys of one mapping, and the dashes of one list, "
    "stand in one column; quotes enclose a whole text."
)
_BRACKET: Final = msg("A comma or a closing bracket is missing here or before.")
_NO_KEY: Final = msg("Expected “key: value” here; the colon needs a space after it.")
_UNCLOSED: Final = msg("The text in quotes that begins here is never closed.")

_MEANINGS: Final[Mapping[str, Message]] = {
    "mapping values are not allowed in this context": msg(
        "A colon cannot stand here. A text with “: ” in it needs quotes; check the indentation."
    ),
    "could not find expected ':'": _NO_KEY,
    "found unexpected end of stream": _UNCLOSED,
    "found unexpected document indicator": _UNCLOSED,
    "did not find expected key": _MISFIT,
    "did not find expected '-' indicator": _MISFIT,
    "did not find expected ',' or ']'": _BRACKET,
    "did not find expected ',' or '}'": _BRACKET,
    "did not find expected node content": msg("A value is missing, or a comma is one too many."),
}
_RESERVED: Final = tuple("!*&|>")
_ONLY_BEFORE_KEYS: Final = re.compile("(mapping keys|sequence entries) are not allowed")
"""What PyYAML says about `?` and `-` with a space behind them at the start of a value."""
_AT_THE_BEGINNING: Final = (_NO_KEY, _UNCLOSED)


def syntax_problem(file: str, text: str, error: YAMLError) -> tuple[Place, Message]:
    """Where a text is not valid YAML, and what to do about it."""
    end: Mark | None = getattr(error, "problem_mark", None)
    detail = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if end is None:
        return Place(file), _unnamed(detail)
    begin: Mark = getattr(error, "context_mark", None) or end
    lines = _LINE_END.split(text)
    full_width = _full_width_key(file, lines, begin.line, end.line)
    if full_width is not None:
        return full_width
    false_beginning = _false_beginning(file, lines, begin.line, end.line)
    if false_beginning is not None:
        return false_beginning
    if _character(lines, begin) in _RESERVED:
        return Place(file, begin.line + 1, begin.column + 1), needs_quotes(_character(lines, begin))
    message = _meaning(detail, lines, end)
    mark = begin if message in _AT_THE_BEGINNING else end
    return Place(file, mark.line + 1, mark.column + 1), message


def _full_width_key(
    file: str, lines: list[str], first: int, last: int
) -> tuple[Place, Message] | None:
    """The first key with a full-width colon near the error, which then is its cause."""
    for number in range(max(first - 1, 0), min(last + 1, len(lines))):
        match = _FULL_WIDTH_KEY.search(lines[number])
        hint = full_width_hint(match[0].strip(" -{,[")) if match else None
        if match is not None and hint is not None:
            place = Place(file, number + 1, match.start(1) + 1)
            return place, msg("This is not YAML. {hint}", hint=hint)
    return None


def _false_beginning(
    file: str, lines: list[str], first: int, last: int
) -> tuple[Place, Message] | None:
    """The first false space or full-width bracket or dash where a key or value begins."""
    for number in range(first, min(last + 1, len(lines))):
        for match in _FALSE_BEGINNING.finditer(lines[number]):
            hint = false_blank_hint(match[1])
            if hint is None and match[1] in "｛［－":
                hint = full_width_hint(match[1])
            if hint is not None:
                return Place(file, number + 1, match.start(1) + 1), hint
    return None


def _character(lines: list[str], mark: Mark) -> str:
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _meaning(detail: str, lines: list[str], mark: Mark) -> Message:
    if detail in _MEANINGS:
        return _MEANINGS[detail]
    if "cannot start any token" in detail and mark.line < len(lines):
        character = _character(lines, mark)
        if character == "\t":
            return msg("A tab cannot indent YAML: use spaces.")
        return needs_quotes(character)
    if _ONLY_BEFORE_KEYS.search(detail) and mark.line < len(lines):
        return needs_quotes(_character(lines, mark))
    return _unnamed(detail)


def _unnamed(detail: str) -> Message:
    return msg("This is not YAML: {detail}.", detail=quoted(detail))

"""Reads nodes as typed values, and tables by their fields.

A `Reading` turns a node into a value; if it cannot, it notes a problem and returns None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date, time
from typing import Final, TypeVar

from campaigns.blank import is_blank
from campaigns.definition import Duration
from campaigns.ids import is_id
from campaigns.reading.nodes import Listing, Node, Scalar, Table
from campaigns.reading.problems import (
    UNPRINTABLE,
    Place,
    Problems,
    and_then,
    full_width_hint,
    quoted,
)
from campaigns.scalars import (
    LARGEST_NUMBER,
    Moment,
    is_above,
    longest_below,
    parse_boolean,
    parse_date,
    parse_duration,
    parse_figure,
    parse_integer,
    parse_moment,
    parse_time,
)
from i18n.messages import Message, msg

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Reading = Callable[[Node, Problems], T | None]

_DATE_LIKE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE_BREAKS: Final = re.compile("[\t\r\n]")


class Fields:
    """The fields of a table. Unknown keys are noted at once, missing ones when they are read."""

    def __init__(self, table: Table, known: Collection[str], problems: Problems) -> None:
        self.table = table
        self.problems = problems
        for name, entry in table.entries.items():
            if name not in known:
                message = msg("Unknown key “{key}”.", key=quoted(name))
                problems.explain(entry.key.place, message, name, known)

    def __contains__(self, name: str) -> bool:
        return name in self.table.entries

    def node(self, name: str) -> Node | None:
        """The value of a key. None, with a problem noted, if it is empty."""
        entry = self.table.entries.get(name)
        if entry is None or not _is_empty(entry.value):
            return None if entry is None else entry.value
        self.problems.add(
            entry.value.place,
            msg("The key “{key}” has no value: give one or delete the key.", key=quoted(name)),
        )
        return None

    def read(self, name: str, reading: Reading[T], default: T) -> T:
        """The value of an optional key, the default if it is absent or wrong."""
        value = self.maybe(name, reading)
        return default if value is None else value

    def maybe(self, name: str, reading: Reading[T]) -> T | None:
        """The value of an optional key, None if it is absent or wrong."""
        node = self.node(name)
        return None if node is None else reading(node, self.problems)

    def many(self, name: str, reading: Reading[H]) -> tuple[H, ...]:
        """The values of an optional list, empty if it is absent."""
        return self.maybe(name, list_of(reading)) or ()

    def require(self, name: str, reading: Reading[T]) -> T | None:
        """The value of a required key."""
        self.check_present(name)
        return self.maybe(name, reading)

    def check_present(self, name: str) -> None:
        """Note a key that is missing."""
        if name not in self:
            self.problems.add(self.table.place, msg("The key “{key}” is missing.", key=name))

    def note(self, name: str, message: Message) -> None:
        """Note a problem with the value of a key."""
        self.problems.add(self.table.entries[name].value.place, message)

    def note_key(self, name: str, message: Message) -> None:
        """Note a problem with a key that should not be there."""
        self.problems.add(self.table.entries[name].key.place, message)


def table_of(node: Node, what: Message, problems: Problems) -> Table | None:
    """A mapping; `what` describes it in the message for anything else."""
    if isinstance(node, Table):
        return node
    _unexpected(node, what, problems)
    return None


def nodes_of(node: Node, what: Message, problems: Problems) -> Sequence[Node]:
    """The members of a list; empty ones are noted and left out."""
    if not isinstance(node, Listing):
        _unexpected(node, what, problems)
        return ()
    return _members(node, problems)


def list_of(reading: Reading[H]) -> Reading[tuple[H, ...]]:
    """A list of scalars, or a single scalar; no value may be in it twice."""

    def read(node: Node, problems: Problems) -> tuple[H, ...] | None:
        values: dict[H, None] = {}
        for member in _members(node, problems) if isinstance(node, Listing) else (node,):
            value = reading(member, problems)
            if value is None:
                continue
            if value in values:
                text = quoted(member.text if isinstance(member, Scalar) else str(value))
                problems.add(member.place, msg("“{value}” stands twice in this list.", value=text))
            values[value] = None
        return tuple(values) or None

    return read


def text_of(node: Node, problems: Problems) -> str | None:
    """A text of one or more lines, without blanks around it."""
    if not isinstance(node, Scalar):
        _unexpected(node, msg("a text"), problems)
        return None
    bad = UNPRINTABLE.search(node.text)
    if bad is None:
        return node.text.strip()
    code = f"U+{ord(bad[0]):04X}"
    problems.add(node.place, msg("The character {code} may not stand in a text.", code=code))
    return None


def line_of(node: Node, problems: Problems) -> str | None:
    """A text on one line, such as a name or title."""
    text = text_of(node, problems)
    if text is None or _LINE_BREAKS.search(text) is None:
        return text
    problems.add(node.place, msg("This text has to stand on one line, without tabs."))
    return None


def name_of(node: Node, problems: Problems) -> str | None:
    """A name in NFC, so that it is found however it is typed."""
    text = line_of(node, problems)
    return None if text is None else unicodedata.normalize("NFC", text)


def id_of(node: Node, problems: Problems) -> str | None:
    """An id, in NFC."""
    if not isinstance(node, Scalar):
        _unexpected(node, msg("an id"), problems)
        return None
    text = unicodedata.normalize("NFC", node.text)
    if is_id(text):
        return text
    message = msg(
        "“{text}” cannot be an id: letters, digits, “-”, “_” and “.” only, "
        "not first “-” or “.”, at most 64 bytes.",
        text=quoted(node.text),
    )
    problems.add(node.place, and_then(message, full_width_hint(text)))
    return None


def date_of(node: Node, problems: Problems) -> date | None:
    """A date."""
    return _parsed(node, parse_date, msg("a date like 2022-06-01"), problems)


def time_of(node: Node, problems: Problems) -> time | None:
    """A time of day."""
    return _parsed(node, parse_time, msg("a time from 00:00 to 24:00, like 08:00"), problems)


def moment_of(node: Node, problems: Problems) -> Moment | None:
    """A date with or without a time."""
    what = msg("a date like 2022-06-01, or with a time like 2022-06-01 18:00")
    return _parsed(node, parse_moment, what, problems)


def duration_of(node: Node, problems: Problems) -> Duration | None:
    """A length of time."""
    longest = longest_below(node.text) if isinstance(node, Scalar) else None
    if longest is not None:
        what = msg("a duration of at most {most}", most=longest)
        problems.add(node.place, _too_large(what))
        return None
    what = msg("a duration above 0 like 90m, 24h, 3d or 2w")
    return _parsed(node, parse_duration, what, problems)


def boolean_of(node: Node, problems: Problems) -> bool | None:
    """`true` or `false`."""
    return _parsed(node, parse_boolean, msg("true or false"), problems)


def number_of(node: Node, problems: Problems) -> int | float | None:
    """A number that is not negative."""
    if isinstance(node, Scalar) and is_above(node.text, LARGEST_NUMBER):
        what = msg("a number of at most {most}", most=str(LARGEST_NUMBER))
        problems.add(node.place, _too_large(what))
        return None
    what = msg("a number from 0 on, like 3 or 1.5")
    return _parsed(node, parse_figure, what, problems)


def integer_from(least: int, most: int = LARGEST_NUMBER) -> Reading[int]:
    """A whole number between `least` and `most`."""

    def read(node: Node, problems: Problems) -> int | None:
        if isinstance(node, Scalar) and node.text.isdigit() and is_above(node.text, most):
            what = msg("a whole number of at most {most}", most=str(most))
            problems.add(node.place, _too_large(what))
            return None
        what = msg("a whole number from {least} on", least=least)
        return _parsed(node, lambda text: _from(least, parse_integer(text)), what, problems)

    return read


def choice_of(*options: str) -> Reading[str]:
    """One of these words."""

    def read(node: Node, problems: Problems) -> str | None:
        if isinstance(node, Scalar) and node.text in options:
            return node.text
        what = msg("one of: {options}", options=", ".join(options))
        _unexpected(node, what, problems, options)
        return None

    return read


def _from(least: int, number: T) -> T | None:
    return number if isinstance(number, (int, float)) and number >= least else None


def _too_large(what: Message) -> Message:
    return msg("Expected {what}: this one is too large.", what=what)


def _parsed(
    node: Node, parse: Callable[[str], T | None], what: Message, problems: Problems
) -> T | None:
    value = parse(node.text) if isinstance(node, Scalar) else None
    if value is None:
        _unexpected(node, what, problems)
    return value


def _unexpected(
    node: Node, what: Message, problems: Problems, options: Collection[str] = ()
) -> None:
    if not isinstance(node, Scalar):
        found = msg("a list") if isinstance(node, Listing) else msg("a mapping")
        problems.add(node.place, msg("Expected {what}, found {found}.", what=what, found=found))
        return
    text = quoted(node.text)
    if _DATE_LIKE.match(node.text) and parse_date(node.text[:10]) is None:
        problems.add(node.place, msg("There is no day {day}.", day=node.text[:10]))
        return
    message = msg("Expected {what}, found “{text}”.", what=what, text=text)
    problems.explain(node.place, message, node.text, options)


def _members(node: Listing, problems: Problems) -> Sequence[Node]:
    members = []
    for member in node.items:
        if _is_empty(member):
            problems.add(member.place, msg("This member of the list is empty: delete it."))
        else:
            members.append(member)
    return members


def _is_empty(node: Node) -> bool:
    match node:
        case Scalar():
            return is_blank(node.text)
        case Listing():
            return not node.items
        case Table():
            return not node.entries


def place_of(node: Node | None, otherwise: Place) -> Place:
    """The position of a node, `otherwise` if it is absent."""
    return otherwise if node is None else node.place


def backwards(first: object, last: object) -> Message:
    """The problem of a range that ends before it begins."""
    return msg("This range is backwards: {first} comes after {last}.", first=first, last=last)


def check_order(first: date | None, last: date | None, place: Place, problems: Problems) -> None:
    """Note a range of dates that ends before it begins; None is an open end."""
    if first is not None and last is not None and first > last:
        problems.add(place, backwards(first, last))

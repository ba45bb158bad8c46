"""Reads YAML as located texts, lists and tables (docs/campaign-format.md, "Texts and values").

Every scalar is the text in the file, whatever type YAML would give it. Nodes are built from
the parser's events without recursion and with limits, so that the cost of a hostile file
is bounded by its size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from campaigns.reading.problems import Place, Problems, and_then, needs_quotes, quoted
from campaigns.reading.yaml_errors import syntax_problem
from i18n.messages import Message, msg

if TYPE_CHECKING:
    from yaml.events import Event, NodeEvent, ScalarEvent

DEEPEST_NESTING: Final = 50
MOST_ALIASED_NODES: Final = 100_000

_CORE: Final = "tag:yaml.org,2002:"
_SCALAR_TAGS: Final = frozenset(
    _CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp")
)
_LIST_TAGS: Final = frozenset({_CORE + "seq"})
_TABLE_TAGS: Final = frozenset({_CORE + "map"})


_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Scalar(NamedTuple):
    """A text as it is in the file."""

    text: str
    place: Place


class Listing(NamedTuple):
    """A list, in block or flow style."""

    items: tuple[Node, ...]
    place: Place


class Entry(NamedTuple):
    """A key of a table and its value."""

    key: Scalar
    value: Node


class Table(NamedTuple):
    """A mapping, with keys in NFC and in the order of the file."""

    entries: Mapping[str, Entry]
    place: Place


Node = Scalar | Listing | Table


class _Stopped(Exception):
    """Raised to stop reading the file."""


class _Anchored(NamedTuple):
    node: Node
    size: int
    height: int


class _Frame(Struct):
    """A list or table that is still open, with its members and size so far."""

    place: Place
    anchor: str | None
    is_table: bool
    items: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


def compose(file: str, text: str, problems: Problems) -> Node | None:
    """The first document of a YAML text. None, with problems noted, if it cannot be read."""
    before = len(problems)
    composer = _Composer(file, problems)
    try:
        root = composer.compose(text)
    except _Stopped:
        return None
    if root is None and len(problems) == before:
        problems.add(Place(file, 1, 1), msg("The file is empty."))
    return root


class _Composer:
    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._unused: dict[str, ScalarEvent] = {}
        self._aliased = 0
        self._root: Node | None = None

    def compose(self, text: str) -> Node | None:
        from yaml import events

        documents = 0
        for event in self._events(text):
            match event:
                case events.AliasEvent():
                    self._alias(event)
                case events.ScalarEvent():
                    self._check_tag(event, _SCALAR_TAGS)
                    self._name(event)
                    text = _SURROGATES.sub(_joined, event.value)
                    self._close(Scalar(text, self._at(event)), 1, 0, event.anchor)
                case events.SequenceStartEvent():
                    self._check_tag(event, _LIST_TAGS)
                    self._open(event, is_table=False)
                case events.MappingStartEvent():
                    self._check_tag(event, _TABLE_TAGS)
                    self._open(event, is_table=True)
                case events.SequenceEndEvent() | events.MappingEndEvent():
                    self._end()
                case events.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._refuse(
                            event, msg("A second document (“---”) begins here; a file has one.")
                        )
                        break
        for event in self._unused.values():
            self._nobody_uses(event)
        return self._root

    def _events(self, text: str) -> Iterator[Event]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if _ESCAPED_SURROGATE.search(text):
            # JSON writes characters beyond U+FFFF as two escapes, which the C parser refuses.
            loader = yaml.SafeLoader
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.YAMLError as error:
            self._problems.add(*syntax_problem(self._file, text, error))
            raise _Stopped from None

    def _at(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _refuse(self, event: Event, message: Message) -> None:
        self._problems.add(self._at(event), message)

    def _check_tag(self, event: NodeEvent, allowed: frozenset[str]) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in allowed:
            name = quoted(tag.replace(_CORE, "!!"))
            message = msg("The tag “{tag}” is not allowed here: delete it.", tag=name)
            self._refuse(event, and_then(message, needs_quotes("!")))

    def _name(self, event: ScalarEvent) -> None:
        """Keep an anchor of a text until an alias refers to it."""
        if event.anchor is not None:
            if event.anchor in self._unused:
                self._nobody_uses(self._unused[event.anchor])
            self._unused[event.anchor] = event

    def _nobody_uses(self, event: ScalarEvent) -> None:
        """Refuse an anchor that has no alias: then it was meant as the beginning of the text."""
        message = msg("Nothing refers to the anchor &{name}.", name=quoted(event.anchor or ""))
        self._refuse(event, and_then(message, needs_quotes("&")))

    def _open(self, event: NodeEvent, *, is_table: bool) -> None:
        if len(self._frames) >= DEEPEST_NESTING:
            self._too_deep(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._frames.append(_Frame(self._at(event), event.anchor, is_table))

    def _end(self) -> None:
        frame = self._frames.pop()
        node = self._table(frame) if frame.is_table else Listing(tuple(frame.items), frame.place)
        self._close(node, frame.size, frame.height, frame.anchor)

    def _close(self, node: Node, size: int, height: int, anchor: str | None) -> None:
        """Add a complete node to the list or table that it is in."""
        if anchor is not None:
            self._anchors[anchor] = _Anchored(node, size, height)
        if not self._frames:
            self._root = node
            return
        parent = self._frames[-1]
        parent.items.append(node)
        parent.size += size
        parent.height = max(parent.height, height + 1)

    def _alias(self, event: NodeEvent) -> None:
        name = quoted(event.anchor or "")
        if event.anchor not in self._anchors:
            message = msg("The alias *{name} has no anchor &{name} before it.", name=name)
            self._refuse(event, and_then(message, needs_quotes("*")))
            raise _Stopped
        self._unused.pop(event.anchor, None)
        anchored = self._anchors[event.anchor]
        if anchored is None:
            self._refuse(event, msg("The alias *{name} stands within its own anchor.", name=name))
            raise _Stopped
        if len(self._frames) + anchored.height > DEEPEST_NESTING:
            self._too_deep(event)
        self._aliased += anchored.size
        if self._aliased > MOST_ALIASED_NODES:
            self._refuse(event, msg("The aliases of this file come to more than 100,000 values."))
            raise _Stopped
        self._close(anchored.node, anchored.size, anchored.height, None)

    def _too_deep(self, event: NodeEvent) -> None:
        self._refuse(event, msg("Lists and mappings are nested more than 50 deep."))
        raise _Stopped

    def _table(self, frame: _Frame) -> Table:
        entries: dict[str, Entry] = {}
        for key, value in zip(frame.items[::2], frame.items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._problems.add(key.place, msg("A key has to be a text, not a list or mapping."))
                continue
            name = unicodedata.normalize("NFC", key.text)
            if name == "<<":
                self._problems.add(
                    key.place,
                    msg("Merge keys (“<<”) are not allowed: write the keys out, or use an alias."),
                )
            elif name in entries:
                self._problems.add(key.place, _twice(name, entries[name].key.place))
            else:
                entries[name] = Entry(key, value)
        return Table(entries, frame.place)


def _joined(pair: re.Match[str]) -> str:
    """The character that two surrogates stand for."""
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _twice(name: str, first: Place) -> Message:
    return msg(
        "The key “{key}” stands twice; it is first on line {line}.",
        key=quoted(name),
        line=first.line,
    )

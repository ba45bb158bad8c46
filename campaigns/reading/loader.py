"""Reads a campaign file and its roster as a Campaign.

All problems are reported in one run, each with its position.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from campaigns.definition import Campaign, Source
from campaigns.errors import UsageError
from campaigns.reading.campaign import draft_of
from campaigns.reading.decoding import decode
from campaigns.reading.nodes import Node, Scalar, compose
from campaigns.reading.problems import InvalidDefinition, Problems, quoted
from campaigns.reading.source import Loaded as Loaded
from campaigns.reading.source import Unreadable, folder_of, read_file, source_of, tidy
from campaigns.reading.units import roster_of
from i18n.messages import msg

_Roster = Callable[[str], tuple[str, bytes]]


def load(path: str | os.PathLike[str]) -> Loaded:
    """Read a definition and its roster.

    Problems name the definition as `path` does, and the roster by its path joined to the
    folder of the definition.

    Raises UsageError if the definition is missing, unreadable or a folder, and
    InvalidDefinition with all problems otherwise.
    """
    file = tidy(os.fspath(path))
    try:
        definition = file, read_file(file)
    except Unreadable as error:
        message = msg("The definition {path} cannot be used: {why}.", path=file, why=error.why)
        raise UsageError(message) from None
    files = [definition]

    def roster(name: str) -> tuple[str, bytes]:
        beside = tidy(os.path.join(folder_of(file), name))
        files.append((beside, read_file(beside)))
        return files[-1]

    campaign = _read(definition, roster)
    return Loaded(campaign, source_of(files))


def read(source: Source) -> Campaign:
    """Read a definition from the bytes in `source.files`, the definition first, then its roster.

    Raises InvalidDefinition with all problems.
    """

    def roster(_name: str) -> tuple[str, bytes]:
        if len(source.files) < 2:
            raise Unreadable(msg("it was not kept with the definition"))
        return source.files[1]

    return _read(source.files[0], roster)


def _read(definition: tuple[str, bytes], roster: _Roster) -> Campaign:
    problems = Problems()
    root = _root(definition, problems)
    if root is None:
        raise InvalidDefinition(problems.found)

    def units(node: Node) -> Node | None:
        return _roster_units(node, roster, problems) if isinstance(node, Scalar) else node

    draft = draft_of(root, units, problems)
    campaign = None if draft is None else draft.checked(problems)
    if campaign is None or problems.found:
        raise InvalidDefinition(problems.found)
    return campaign


def _root(file: tuple[str, bytes], problems: Problems) -> Node | None:
    name, data = file
    text = decode(name, data, problems)
    return None if text is None else compose(name, text, problems)


def _roster_units(path: Scalar, roster: _Roster, problems: Problems) -> Node | None:
    """The list of units in the roster that a definition names."""
    name = path.text.strip()
    if name.lower().endswith((".csv", ".xlsx")):
        message = msg("Rosters are read from YAML so far; {path} is not YAML.", path=quoted(name))
        problems.add(path.place, message)
        return None
    try:
        file = roster(name)
    except Unreadable as error:
        message = msg("The roster {path} cannot be used: {why}.", path=quoted(name), why=error.why)
        problems.add(path.place, message)
        return None
    root = _root(file, problems)
    return None if root is None else roster_of(root, problems)

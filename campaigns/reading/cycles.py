"""Finds circles among things that each name at most one other, as a parent or an anchor."""

from __future__ import annotations

from collections.abc import Mapping


def cycles(next_of: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """All circles, each starting with the member that comes first in the mapping.

    A name that is not in the mapping is a dead end. The time is linear in the names.
    """
    rank = {name: number for number, name in enumerate(next_of)}
    walk_of: dict[str, str] = {}
    found = []
    for start in next_of:
        path = []
        name: str | None = start
        while name is not None and name in rank and name not in walk_of:
            walk_of[name] = start
            path.append(name)
            name = next_of[name]
        if name is not None and walk_of.get(name) == start:
            found.append(_begun_with_first(path[path.index(name) :], rank))
    return tuple(found)


def _begun_with_first(circle: list[str], rank: Mapping[str, int]) -> tuple[str, ...]:
    first = circle.index(min(circle, key=rank.__getitem__))
    return tuple(circle[first:] + circle[:first])

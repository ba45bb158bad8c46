"""Finding by id, name or unambiguous prefix."""

from __future__ import annotations

import pytest
from msgspec import Struct

from commands.lookup.names import matching


class Thing(Struct, frozen=True, dict=True):
    id: str
    name: str


THINGS = [
    Thing("a", "甲"),
    Thing("ab", "乙"),
    Thing("abc", "a"),
    Thing("d", "丙丁"),
    Thing("e", "丙"),
    Thing("f", "cafe\u0301"),
]


def names(thing: Thing) -> tuple[str, ...]:
    return thing.id, thing.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", ["a"]),
        ("ab", ["ab"]),
        ("abc", ["abc"]),
        ("A", ["a", "ab", "abc"]),
        ("AB", ["ab", "abc"]),
        ("甲", ["a"]),
        ("丙", ["e"]),
        ("丙丁", ["d"]),
        ("丁", []),
        ("z", []),
        ("", []),
    ],
)
def test_an_id_goes_before_a_name_and_a_name_before_a_prefix(text: str, found: list[str]) -> None:
    assert [thing.id for thing in matching(text, THINGS, names)] == found


def test_the_text_is_normalised() -> None:
    assert matching("cafe\u0301", [Thing("f", "caf\u00e9")], names)

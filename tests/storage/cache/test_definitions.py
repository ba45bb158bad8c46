"""A compiled definition is the definition: nothing of it is lost, whatever fields it has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

import campaigns
from campaigns import definition
from campaigns.definition import Campaign
from campaigns.reading.loader import load
from storage.cache.definitions import with_units, without_units

BUNDLED = sorted(Path(campaigns.__path__[0], "definitions").glob("*.yaml"))

# Texts and numbers that JSON and its readers are known to trip over.
texts = st.sampled_from(["", "荫城村", "By", "a\u2028b", "😀", '"\\'])
st.register_type_strategy(str, texts)
st.register_type_strategy(float, st.sampled_from([0.0, 0.5, 1e300, -2.25]))
st.register_type_strategy(
    Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=3)
)

CLASSES = [
    one
    for one in vars(definition).values()
    if isinstance(one, type) and issubclass(one, Struct) and one is not Struct
]


def values_of(one: type[Any]) -> st.SearchStrategy[Any]:
    """Values of a class with every field drawn: hypothesis takes a factory for its default."""
    return st.builds(one, **{each.name: st.from_type(each.type) for each in fields(one)})


for _one in CLASSES:
    st.register_type_strategy(_one, values_of)


def through_json(campaign: Campaign) -> Campaign:
    sets, without = without_units(campaign)
    encoded = msgspec.json.encode([sets, without])
    return with_units(*msgspec.json.decode(encoded, type=tuple[list[frozenset[str]], Campaign]))


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_definitions_come_back_as_they_are(path: Path) -> None:
    campaign = load(path).campaign
    assert through_json(campaign) == campaign
    for name in ("unit_kinds", "metrics"):
        assert list(getattr(through_json(campaign), name)) == list(getattr(campaign, name))


@given(st.from_type(Campaign))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_definition_comes_back_as_it_is(campaign: Campaign) -> None:
    assert through_json(campaign) == campaign

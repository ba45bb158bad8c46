"""A compiled definition is the definition: nothing of it is lost, whatever fields it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

import campaigns
from campaigns import definition
from campaigns.definition import Campaign
from campaigns.reading.loader import load
from storage.cache.definitions import from_plain, to_plain

BUNDLED = sorted(Path(campaigns.__path__[0], "definitions").glob("*.yaml"))

# Texts and numbers that JSON and its readers are known to trip over.
texts = st.sampled_from(["", "荫城村", "()", "{}", "date", "By", "a\u2028b", "😀", '"\\'])
st.register_type_strategy(str, texts)
st.register_type_strategy(float, st.sampled_from([0.0, 0.5, 1e300, -2.25]))

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
    return from_plain(json.loads(json.dumps(to_plain(campaign))))


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


@pytest.mark.parametrize(
    "plain",
    [
        *(None, 1, [], {"a": 1}, [[], None], [[], ["Campaign"]], [[], ["Nobody", 1]]),
        *([[], ["()"]], [[], ["{}", 3]], [[["x"]], ["{}", "a"]], [[], ["date", "x"]]),
    ],
)
def test_what_is_no_definition_is_refused(plain: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_plain(plain)

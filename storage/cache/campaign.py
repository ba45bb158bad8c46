"""A definition as plain JSON values and back, so that it need not be read from YAML again.

Made from the dataclasses as they are: a field that is added is carried without a change
here. Values say what they are: a dataclass is `["Name", field, …]`, without the last
fields where those are as they are by default, so that thousands of units are read back
quickly; other values that JSON has not are a list that begins with a sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from campaigns import definition
from campaigns.definition import Campaign

if TYPE_CHECKING:
    from dataclasses import Field

_TUPLE, _SET, _DATE, _TIME = "()", "{}", "date", "time"

_CLASSES: Final[Mapping[str, Callable[..., Any]]] = {
    name: value
    for name, value in vars(definition).items()
    if isinstance(value, type) and is_dataclass(value)
}


def compile_campaign(campaign: Campaign) -> object:
    """A campaign as values that JSON can hold. Raises TypeError for one that it cannot carry.

    Sets are written once, however many activities are for the same units.
    """
    sets: dict[frozenset[Any], int] = {}
    root = _plain(campaign, sets)
    return [[sorted(_plain(member, sets) for member in members) for members in sets], root]


def restore_campaign(plain: Any) -> Campaign:
    """The campaign that was compiled. Raises ValueError where there is none."""
    try:
        sets, root = plain
        restored = [frozenset(_value(member, []) for member in members) for members in sets]
        campaign = _value(root, restored)
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError("not a compiled definition") from error
    if not isinstance(campaign, Campaign):
        raise ValueError("not a compiled definition")
    return campaign


def _plain(value: Any, sets: dict[frozenset[Any], int]) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {key: _plain(member, sets) for key, member in value.items()}
        case tuple():
            return [_TUPLE, *(_plain(member, sets) for member in value)]
        case frozenset():
            return [_SET, sets.setdefault(value, len(sets))]
        case date() if not isinstance(value, datetime):
            return [_DATE, value.isoformat()]
        case time():
            return [_TIME, value.isoformat()]
    made_of: Any = value
    name = type(made_of).__name__
    if name not in _CLASSES:
        raise TypeError(name)
    return [name, *(_plain(member, sets) for member in _given(made_of))]


def _given(made_of: Any) -> list[Any]:
    """The fields of a dataclass, up to the last that is not as it is by default."""
    members = [(getattr(made_of, each.name), _default(each)) for each in fields(made_of)]
    while members and members[-1][0] == members[-1][1]:
        members.pop()
    return [value for value, _ in members]


def _default(each: Field[Any]) -> object:
    """What a field is by default; MISSING, which equals no value, where it has to be given."""
    return each.default if each.default_factory is MISSING else each.default_factory()


def _value(plain: Any, sets: list[frozenset[Any]]) -> Any:
    if isinstance(plain, str) or plain is None:
        return plain
    if isinstance(plain, dict):
        return {key: _value(member, sets) for key, member in plain.items()}
    if not isinstance(plain, list):
        return plain
    sign, *members = plain
    if sign == _TUPLE:
        return tuple([_value(member, sets) for member in members])
    if sign == _SET:
        return sets[members[0]]
    if sign == _DATE:
        return date.fromisoformat(members[0])
    if sign == _TIME:
        return time.fromisoformat(members[0])
    # Most members are texts, of thousands of units.
    return _CLASSES[sign](*[m if type(m) is str else _value(m, sets) for m in members])

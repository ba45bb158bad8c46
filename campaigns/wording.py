"""The field's own words for states and timings (domain.md section 3), to be translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.entries import State
from i18n.messages import Message, msg

_STATES: Final[Mapping[State, Message]] = {
    State.TODO: msg("not started"),
    State.DOING: msg("in progress"),
    State.DONE: msg("submitted"),
    State.VERIFIED: msg("verified"),
    State.RETURNED: msg("returned"),
    State.WAIVED: msg("not applicable"),
}


def state_name(state: State) -> Message:
    """What people call a state."""
    return _STATES[state]

"""The occurrences that a schedule makes of one activity."""

from __future__ import annotations

from campaigns.definition import Due
from campaigns.history import Incident
from campaigns.items import Occurrence
from campaigns.scheduling.occurrences import Planner
from tests.campaigns.builders import SHANGHAI, activity, campaign


def made(due: Due | None, *incidents: Incident, zone: str = SHANGHAI) -> tuple[Occurrence, ...]:
    """All occurrences of an activity that is due so."""
    one = activity("a", due)
    return Planner(campaign(one, timezone=zone)).occurrences(one, incidents)


def only(due: Due | None, *incidents: Incident, zone: str = SHANGHAI) -> Occurrence:
    """The one occurrence of an activity that is due so."""
    (occurrence,) = made(due, *incidents, zone=zone)
    return occurrence

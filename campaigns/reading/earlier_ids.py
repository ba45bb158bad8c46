"""`was: OLD-ID`: which activity answers for an id of an earlier definition."""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.reading.activities import Located
from campaigns.reading.findings import Findings, quoted
from i18n.messages import msg


def check_earlier_ids(activities: Sequence[Located], findings: Findings) -> None:
    """Note earlier ids that are still in use, and those that two activities claim."""
    current = {each.activity.id for each in activities}
    claimed: dict[str, str] = {}
    for each in activities:
        for old in each.activity.was:
            if old in current:
                message = msg(
                    "“{id}” is an activity of this file; “was” names ids that it no longer has.",
                    id=quoted(old),
                )
                findings.add(each.place("was", old), message)
            elif claimed.setdefault(old, each.activity.id) != each.activity.id:
                message = msg(
                    "“{id}” is what “{other}” was; only one activity can have its answers.",
                    id=quoted(old),
                    other=quoted(claimed[old]),
                )
                findings.add(each.place("was", old), message)

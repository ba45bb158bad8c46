"""Short and long lengths of time round down to the same unit."""

from __future__ import annotations

import pytest

from campaigns.words.lengths import length, span
from i18n.catalogue import open_catalogue


@pytest.mark.parametrize(
    ("seconds", "short", "long"),
    [
        (0, "0 min", "less than a minute"),
        (59, "0 min", "less than a minute"),
        (60, "1 min", "1 minute"),
        (3599, "59 min", "59 minutes"),
        (3600, "1 h", "1 hour"),
        (33 * 3600, "33 h", "33 hours"),
        (2 * 86400 - 1, "47 h", "47 hours"),
        (2 * 86400, "2 d", "2 days"),
    ],
)
def test_lengths(seconds: int, short: str, long: str) -> None:
    assert (str(span(seconds)), length(seconds, open_catalogue("en"))) == (short, long)

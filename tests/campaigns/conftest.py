"""The bundled campaigns that several modules look at."""

from __future__ import annotations

import pytest

from campaigns.definition import Campaign
from tests.campaigns.bundled import FIRE_WEEK, read


@pytest.fixture
def fire_week() -> Campaign:
    return read(FIRE_WEEK)

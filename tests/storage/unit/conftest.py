"""A store on the folder that a module's `folder` gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.tiny.store import TinyStore
from tests.storage.samples import ZONE


@pytest.fixture
def store(folder: Path) -> TinyStore:
    return TinyStore(folder, zone=ZONE)

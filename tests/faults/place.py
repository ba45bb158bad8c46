"""A campaign in a folder of its own, as the command line and the store see it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from tests import ROOT
from tests.faults.orders import ACTIVITIES, UNITS

ZONE: Final = ZoneInfo("Asia/Shanghai")
CAMPAIGN: Final = "soak"


class Place(Struct, frozen=True):
    """Where a round happens."""

    base: Path

    @property
    def data(self) -> Path:
        """The data folder, as `-d` names it."""
        return self.base / "data"

    @property
    def store(self) -> Path:
        """The folder of the campaign's store."""
        return self.data / CAMPAIGN

    @property
    def definition(self) -> Path:
        return self.base / "soak.yaml"

    def unit_file(self, unit: str) -> Path:
        return self.store / "units" / f"{unit}.json"

    def lock_file(self, unit: str) -> Path:
        return self.store / "locks" / f"{unit}.lock"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a command that works here."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "DUBAN_CAMPAIGN": str(self.definition),
            "DUBAN_DATA": str(self.data),
            "DUBAN_LANG": "en",
        }


def lay_out(base: Path) -> Place:
    """Write the definition into a folder that other logins can come to."""
    base.chmod(0o755)
    place = Place(base)
    place.data.mkdir()
    place.definition.write_text(_definition(), encoding="utf-8")
    place.definition.chmod(0o644)
    return place


def _definition() -> str:
    units = "\n".join(f"  - {{id: {unit}, name: {unit}, kind: village}}" for unit in UNITS)
    activities = "\n".join(f"      - {{id: {a}, title: 事项{a}}}" for a in ACTIVITIES)
    return f"""\
format: 1
id: {CAMPAIGN}
title: 故障演练
period: {{from: 2022-06-01, to: 2022-06-30}}
unit_kinds:
  village: {{name: 村}}
units:
{units}
sections:
  - id: work
    title: 工作
    activities:
{activities}
      - {{id: filler, title: 其他}}
"""

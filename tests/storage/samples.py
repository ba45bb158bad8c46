"""People, instants and changes that the tests of storage share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from campaigns.definition import Source
from campaigns.entries import Change, Number, State
from campaigns.history import Person

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2022, 6, 15, 9, 40, tzinfo=UTC)
OFFICER = Person("officer-a", origin="192.0.2.1")
COLLEAGUE = Person("officer-b", role="liaison")
UNIT = "村-1"
ITEM = "村-1/weekly-report@2022-06-15"
OTHER_ITEM = "村-1/plan"

SOURCE = Source((("campaign.yaml", "format: 1\ntitle: 安全生产月\n".encode()),), "a1" * 32)
NEXT_SOURCE = Source(
    (("campaign.yaml", b"format: 1\n"), ("units.csv", "单位名称\n".encode("gb18030"))), "b2" * 32
)

_numbers = count(1)


WRITE_STEPS = [
    "locked", "read", "changed", "temporary-made", "written", "synced", "replaced",
    "folder-synced", "announced",
]  # fmt: skip
"""The steps of a write, in order."""


def unit_file(folder: Path, unit: str = UNIT) -> Path:
    """Where a store keeps the entries of a unit."""
    return folder / "units" / f"{unit}.json"


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def change(
    item: str = ITEM,
    state: State | None = State.DONE,
    *,
    op: str | None = None,
    note: str | None = None,
    metrics: dict[str, Number] | None = None,
    received_at: datetime | None = None,
    expected_rev: int | None = None,
) -> Change:
    """A change with an operation id of its own unless one is given."""
    return Change(
        item=item,
        op=op or f"op-{next(_numbers)}",
        state=state,
        received_at=received_at,
        note=note,
        metrics=metrics or {},
        expected_rev=expected_rev,
    )

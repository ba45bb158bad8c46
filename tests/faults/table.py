"""The account as a table: a row for each round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from tests.faults.inspection import Findings

HEADINGS: Final = ("inflicted", "tried", "acknowledged", "refused", "retried", "lost", "torn",
                   "faulty chains")  # fmt: skip
_NAME_WIDTH: Final = 33


class Row(Struct, frozen=True):
    """One fault's line of the account. `skipped` says why it could not be inflicted."""

    name: str
    inflicted: int = 0
    tried: int = 0
    acknowledged: int = 0
    refused: int = 0
    retried: int = 0
    findings: Findings | None = None
    skipped: str = ""

    @property
    def clean(self) -> bool:
        return self.findings is None or self.findings.clean


def heading() -> str:
    return "fault".ljust(_NAME_WIDTH) + "".join(f"  {text}" for text in HEADINGS)


def line(row: Row) -> str:
    """A row of the table."""
    name = row.name.ljust(_NAME_WIDTH)
    if row.findings is None:
        return f"{name}  skipped: {row.skipped}"
    found = row.findings
    values = (row.inflicted, row.tried, row.acknowledged, row.refused, row.retried,
              len(found.lost), len(found.torn), len(found.faulty))  # fmt: skip
    columns = zip(values, HEADINGS, strict=True)
    return name + "".join(f"  {value:>{len(text)}}" for value, text in columns)


def details(row: Row) -> Iterator[str]:
    """What was broken, a sentence each; of many alike the first few."""
    if row.findings is not None:
        found = row.findings
        kinds = {"lost": found.lost, "torn": found.torn, "faulty": found.faulty, "": found.others}
        for kind, texts in kinds.items():
            yield from (f"    {kind} {text}" for text in texts[:5])
            if len(texts) > 5:
                yield f"    … and {len(texts) - 5} more"

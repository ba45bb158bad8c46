"""The targets in docs/performance.md, read from there."""

from __future__ import annotations

from functools import cache

from bench.program import ROOT


@cache
def targets() -> dict[str, float]:
    """The upper limit of each row of the table of targets, by its first column."""
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    section = text.partition("\n## Targets\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("| ")]
    return {row[0].strip(): float(row[1]) for row in rows[1:]}

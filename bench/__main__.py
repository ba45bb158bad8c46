"""Measure all targets in docs/performance.md: `make bench`."""

from __future__ import annotations

import sys

from bench import cursor, first_frame, idle, memory, status, updates
from bench.figures import options_of, show

MEASURES = (
    status.measure,
    first_frame.measure,
    cursor.measure,
    idle.measure,
    memory.measure,
    updates.measure,
)


def main() -> int:
    """Measure and print everything; give 1 if a target is missed and --strict is given."""
    options = options_of(__doc__)
    met = [show(measure, options) for measure in MEASURES]
    return int(options.strict and not all(met))


if __name__ == "__main__":
    sys.exit(main())

"""Measure all targets in docs/performance.md: `make bench`."""

from __future__ import annotations

import sys

from bench import cursor, drawing, first_frame, growth, idle, memory, others, status, updates
from bench.figures import options_of, show, show_headings

MEASURES = (
    status.measure,
    first_frame.measure,
    cursor.measure,
    drawing.measure,
    idle.measure,
    memory.measure,
    updates.measure,
    others.measure,
)


def main() -> int:
    """Measure and print everything; give 1 if a target is missed and --strict is given."""
    options = options_of(__doc__)
    show_headings()
    met = [show(measure, options) for measure in MEASURES]
    growth.show_growth(options.runs)
    return int(options.strict and not all(met))


if __name__ == "__main__":
    sys.exit(main())

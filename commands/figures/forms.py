"""Printing figures in the format that `status` was asked for."""

from __future__ import annotations

from commands.output.console import STORE_FAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.figures.figures import Overview, UnitFigures
    from commands.output.console import Console

OVERDUE_FOUND = 1


def show(
    form: str,
    overview: Overview,
    units: Sequence[UnitFigures],
    console: Console,
    items: Sequence[Sequence[str]] = (),
) -> None:
    """Print `short`, `csv` or the table; `items` are lines to print below each unit."""
    if form == "short":
        from commands.figures.table import short_line

        console.print(short_line(overview, console))
    elif form == "csv":
        from commands.figures.csv import units_csv

        console.write(units_csv(units))
    else:
        from commands.figures.table import table_lines

        console.print("\n".join(table_lines(overview, units, console, items)))


def report(console: Console, overview: Overview) -> int:
    """Report on stderr what the figures leave out, and give the exit code."""
    if overview.orphans:
        console.note(
            console.tr.count(
                "{n} recorded answer belongs to no item of this definition. "
                "“duban check FILE --against-data” lists it.",
                "{n} recorded answers belong to no item of this definition. "
                "“duban check FILE --against-data” lists them.",
                overview.orphans,
            )
        )
    if overview.left:
        from campaigns.words.units import left_words

        console.note(left_words(overview.left, console.tr))
    for fault in overview.faults:
        console.complain(fault)
    if overview.faults:
        return STORE_FAULT
    return OVERDUE_FOUND if overview.totals.overdue else 0

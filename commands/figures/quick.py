"""`duban status` from a warm roll-up, without the model, YAML or argparse.

Answers only if every row of the roll-up holds, and only what is asked with the options of
commands.line.plain. Everything else, including every error, is left to commands.status, which
prints the same with the same functions (docs/performance.md).
"""

from __future__ import annotations

import os
import time

from commands.figures.figures import figures_of_rows, overview_of
from commands.figures.forms import report, show
from i18n.catalogue import choose_language, language_of, open_catalogue
from storage import paths
from storage.cache import rollup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace
    from typing import Any

    from commands.output.console import Console
    from storage.cache.rollup import RollUp

    Row = list[Any]

_DAY = 86_400
_PARTS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16))


def run(options: SimpleNamespace, environ: Mapping[str, str], console: Console) -> int | None:
    """Print the status and give the exit code; None, printing nothing, if that fails."""
    if not _is_usual(environ):
        return None
    try:
        found = _warm_rollup(options, environ)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    if found is None:
        return None
    kept, rows, left, now = found
    overview = overview_of(kept.campaign[1], now, rows, left)
    units = [] if options.format == "short" else figures_of_rows(rows)
    console.tr = open_catalogue(choose_language(options.lang, environ, kept.campaign[2]))
    console.choose_looks(environ, ascii_only=options.ascii, no_color=options.no_color)
    show(options.format, overview, units, console)
    return report(console, overview)


def _is_usual(environ: Mapping[str, str]) -> bool:
    """Whether the environment has no wrong language to report and no other time zones."""
    language = environ.get("DUBAN_LANG")
    return "PYTHONTZPATH" not in environ and not (language and language_of(language) is None)


def _warm_rollup(
    options: SimpleNamespace, environ: Mapping[str, str]
) -> tuple[RollUp, list[Row], list[str], str] | None:
    """The roll-up, its rows, the units that left the roster, and now as text, if all rows hold."""
    file = paths.definition_file(paths.campaign_name(options.campaign, environ))
    data = paths.data_folder(options.data, environ)
    if file is None or data is None:
        return None
    path, folder = os.path.abspath(file), os.path.abspath(data)  # noqa: PTH100
    kept = rollup.load(paths.cache_folder(environ), folder, path)
    if kept is None or not kept.complete:
        return None
    store = os.fsencode(folder) + b"/" + kept.campaign[0].encode()
    if kept.store != rollup.store_of(store) or not kept.is_current():
        return None
    return _if_all_hold(kept, store, options.now or environ.get("DUBAN_NOW") or None)


def _if_all_hold(
    kept: RollUp, folder: bytes, text: str | None
) -> tuple[RollUp, list[Row], list[str], str] | None:
    offset = int(kept.clock[2])
    now = int(time.time()) if text is None else _instant(text, offset)
    if now is None or not kept.knows_offset(now):
        return None
    stamps = rollup.unit_stamps(folder)
    rows = list(kept.rows_at(now, stamps))
    if len(rows) < len(kept.rows):
        return None
    shown = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*time.gmtime(now + offset)[:6])
    return kept, rows, rollup.besides_rows(rows, stamps), shown + kept.clock[3]


def _instant(text: str, offset: int) -> int | None:
    """The second of `2022-06-16T12:00` at this offset (seconds); None for another form."""
    if len(text) != 16 or not text.isascii() or text[4] + text[7] + text[13] != "--:":
        return None
    parts = [text[first:last] for first, last in _PARTS]
    if text[10] not in "T " or not all(part.isdigit() for part in parts):
        return None
    year, month, day, hour, minute = map(int, parts)
    shown = _days(year, month, day) * _DAY + hour * 3600 + minute * 60
    # An invalid date, such as 2022-06-31, turns into another one.
    same = list(time.gmtime(shown)[:5]) == [year, month, day, hour, minute]
    return shown - offset if same and year > 1 else None


def _days(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    past = year // 400 * 146_097 + year % 400 * 365 + year % 400 // 4 - year % 400 // 100
    return past + (153 * month + 2) // 5 + day - 1 - 719_468

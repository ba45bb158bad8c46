"""Tables as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from campaigns.plain_text import escaped, plain


def table(fields: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV, with lists and mappings as JSON and booleans as `true` and `false`."""
    names = list(fields)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return escaped(json.dumps(value, ensure_ascii=False))
        case str():
            return plain(value)
        case _:
            return value

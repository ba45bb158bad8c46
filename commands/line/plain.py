"""Reads the command lines that are typed most, without argparse: a plain `status`, and `tui`.

Importing argparse and making its parsers takes longer than a whole status. Options are read here
only if each is given once and in full; everything else, and every error, is argparse's.
"""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTIONS = {
    "status": "command", "tui": "command", "--ascii": "ascii", "--no-color": "no_color",
    "-c": "campaign", "--campaign": "campaign", "-d": "data", "--data": "data",
    "--now": "now", "--lang": "lang", "--format": "format",
}  # fmt: skip
_GENERAL: dict[str, object] = {
    "ascii": False, "no_color": False, "campaign": None, "data": None, "as_of": None, "now": None,
    "lang": None,
}  # fmt: skip
_OF_COMMAND: dict[str | None, dict[str, object]] = {
    "status": {
        "unit": [], "kind": None, "section": None, "overdue": False, "due_within": None,
        "items": False, "format": "table",
    },
    "tui": {"mouse": False},
    None: {"mouse": False},
}  # fmt: skip
_ALONE = frozenset({"command", "ascii", "no_color"})
_LANGUAGES = frozenset({"zh", "en"})
_FORMS = frozenset({"table", "short", "csv"})


def parse(arguments: Sequence[str]) -> SimpleNamespace | None:
    """The options of a `status` or of the interface, as commands.line.parser gives them.

    None for any other command line.
    """
    given: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        option, equals, value = argument.partition("=")
        name = _OPTIONS.get(option)
        if name is None or name in given:
            return None
        if name == "format" and given.get("command") != "status":
            return None
        if equals and (name in _ALONE or not option.startswith("--")):
            return None
        if not equals:
            value = option if name in _ALONE else next(rest, "")
        if not value or (value[0] == "-" and name not in _ALONE):
            return None
        given[name] = value
    if given.get("format", "table") not in _FORMS or given.get("lang", "zh") not in _LANGUAGES:
        return None
    command = given.get("command")
    alone = dict.fromkeys(_ALONE & given.keys(), True)
    known = _GENERAL | _OF_COMMAND[command] | given | alone
    return SimpleNamespace(**(known | {"command": command}))

"""Which campaign file and which data folder are meant, as paths in text.

commands.lookup.paths gives them to commands; a status from a warm cache asks here, because it
can do without pathlib and the model.
"""

from __future__ import annotations

import os

import campaigns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_CAMPAIGN = "safety-month-2022"
_DEFINITION_ENDINGS = (".yaml", ".yml")


def wanted(asked: str | None, environ: Mapping[str, str]) -> str:
    """The name of the campaign: a file or an id; empty where an empty one was asked for."""
    if asked is None:
        return environ.get("DUBAN_CAMPAIGN") or DEFAULT_CAMPAIGN
    return asked


def definition_file(name: str) -> str | None:
    """The file that a name means; None for an id that is not a bundled campaign's.

    A name that ends like a definition, holds a path separator or is that of a file
    means the file.
    """
    if os.sep in name or name.endswith(_DEFINITION_ENDINGS) or os.path.isfile(name):
        return name
    path = bundled_file(name)
    return path if not name.startswith(".") and os.path.isfile(path) else None


def bundled_file(campaign: str) -> str:
    """Where the file of a bundled campaign is, if there is one of that id."""
    return f"{definitions_folder()}{os.sep}{campaign}.yaml"


def definitions_folder() -> str:
    """The folder of the campaigns that come with duban."""
    return os.path.join(campaigns.__path__[0], "definitions")


def data_folder(asked: str | None, environ: Mapping[str, str]) -> str | None:
    """Where progress is kept: what was asked, DUBAN_DATA, else `duban` in the XDG data folder.

    None where the login has no home folder for that.
    """
    given = asked or environ.get("DUBAN_DATA")
    if given:
        return given
    xdg = xdg_data_folder(environ)
    return None if xdg is None else os.path.join(xdg, "duban")


def xdg_data_folder(environ: Mapping[str, str]) -> str | None:
    """The user's data folder. A relative XDG_DATA_HOME is ignored, as its specification asks.

    None where the home folder is missing or relative: data would land in the current folder.
    """
    given = environ.get("XDG_DATA_HOME", "")
    if os.path.isabs(given):
        return given
    home = os.path.expanduser("~")
    return os.path.join(home, ".local", "share") if os.path.isabs(home) else None

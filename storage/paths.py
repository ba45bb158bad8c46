"""Which campaign file and which data folder to use, as text.

A status from a warm cache uses this directly, since it needs neither pathlib nor the model;
other commands use commands.lookup.paths.
"""

from __future__ import annotations

import os

import campaigns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_CAMPAIGN = "safety-month-2022"
_DEFINITION_ENDINGS = (".yaml", ".yml")


def campaign_name(option: str | None, environ: Mapping[str, str]) -> str:
    """The campaign to use, a file or an id: the option, DUBAN_CAMPAIGN or the default.

    An empty option is kept empty, for the caller to refuse.
    """
    if option is None:
        return expanded(environ.get("DUBAN_CAMPAIGN") or DEFAULT_CAMPAIGN)
    return expanded(option)


def expanded(path: str) -> str:
    """A path with the home folder in place of a leading `~`, as a shell does it.

    Unchanged if the home folder is not known.
    """
    return os.path.expanduser(path) if path[:1] == "~" else path


def definition_file(name: str) -> str | None:
    """The file of a campaign's name; None for an id that is not a bundled campaign's.

    `a/b`, `x.yaml` and the name of an existing file are files, anything else is an id.
    """
    if os.sep in name or name.endswith(_DEFINITION_ENDINGS) or os.path.isfile(name):
        return name
    path = bundled_file(name)
    return path if not name.startswith(".") and os.path.isfile(path) else None


def bundled_file(campaign: str) -> str:
    """The path that the file of a bundled campaign with this id would have."""
    return f"{definitions_folder()}{os.sep}{campaign}.yaml"


def definitions_folder() -> str:
    """The folder of the campaigns that come with duban."""
    return os.path.join(campaigns.__path__[0], "definitions")


def data_folder(option: str | None, environ: Mapping[str, str]) -> str | None:
    """Where progress is kept: the option, DUBAN_DATA, or `duban` in the XDG data folder.

    None if the login has no home folder.
    """
    given = option or environ.get("DUBAN_DATA")
    if given:
        return expanded(given)
    xdg = xdg_data_folder(environ)
    return None if xdg is None else os.path.join(xdg, "duban")


def store_folder(data: str | os.PathLike[str], campaign: str) -> bytes:
    """The folder of the store of a campaign, by its id, under a data folder: absolute."""
    return os.path.abspath(os.path.join(os.fsencode(data), campaign.encode()))


def xdg_data_folder(environ: Mapping[str, str]) -> str | None:
    """The user's data folder. A relative XDG_DATA_HOME is ignored, as its specification says.

    None if the home folder is unknown or relative, since data would end up in the current folder.
    """
    given = environ.get("XDG_DATA_HOME", "")
    if os.path.isabs(given):
        return given
    home = os.path.expanduser("~")
    return os.path.join(home, ".local", "share") if os.path.isabs(home) else None


def cache_folder(environ: Mapping[str, str]) -> str | None:
    """Where this login's caches are kept; None without a home folder: then there are none."""
    folder = own_folder("XDG_CACHE_HOME", ".cache", environ)
    return None if folder is None else os.path.join(folder, "duban")


def own_folder(variable: str, otherwise: str, environ: Mapping[str, str]) -> str | None:
    """A folder of the XDG base directories: `variable` if it is absolute, else one below HOME.

    None if HOME is missing or relative: the files would end up in the current folder.
    """
    given, home = environ.get(variable, ""), environ.get("HOME", "")
    if os.path.isabs(given):
        return given
    return os.path.join(home, otherwise) if os.path.isabs(home) else None

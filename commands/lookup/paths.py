"""Which campaign file and which data folder to use (docs/commands.md, "General options").

Paths are texts here: importing pathlib would be a twentieth of what a `status` costs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from campaigns.definition import Source
from campaigns.errors import UsageError
from campaigns.ids import is_id
from campaigns.reading.source import Loaded
from i18n.messages import msg
from storage import paths
from storage.cache.definitions import load

DEFAULT_CAMPAIGN: Final = paths.DEFAULT_CAMPAIGN


def definition(option: str | None, environ: Mapping[str, str], data: str) -> Callable[[], Loaded]:
    """A function that reads the campaign given by `-c` or DUBAN_CAMPAIGN, or the safety month.

    It may be called again, and raises the errors of campaigns.reading.loader.load. Raises
    UsageError for an unknown id.
    """
    name = campaign_name(option, environ)
    file = paths.definition_file(name)
    if file is not None:
        return partial(load, file, paths.cache_folder(environ))
    if is_id(name) and _is_kept(data, name):
        return partial(_load_kept, data, name)
    raise UsageError(
        msg(
            "There is no campaign “{id}”. Give a file, or one of: {known}.",
            id=name,
            known=", ".join(sorted({*bundled_ids(), *_kept_ids(data)})),
        )
    )


def campaign_name(option: str | None, environ: Mapping[str, str]) -> str:
    """The campaign to use, a file or an id. Raises UsageError for an empty one."""
    name = paths.campaign_name(option, environ)
    if not name:
        raise UsageError(
            msg("The name of the campaign is empty. Give a file or the id of a campaign.")
        )
    return name


def bundled(campaign: str) -> str | None:
    """The file of the bundled campaign with this id, None if there is none."""
    path = paths.bundled_file(campaign)
    return path if is_id(campaign) and os.path.isfile(path) else None


def bundled_ids() -> list[str]:
    """The ids of the campaigns that come with duban."""
    names = (os.path.splitext(name) for name in os.listdir(paths.definitions_folder()))
    return sorted(name for name, ending in names if ending == ".yaml")


def data_folder(option: str | None, environ: Mapping[str, str]) -> str:
    """Where progress is kept: the option, DUBAN_DATA, or `duban` in the XDG data folder."""
    if option == "":
        raise UsageError(msg("The name of the data folder is empty. Give the path of a folder."))
    return _at_home(paths.data_folder(option, environ))


def xdg_data_folder(environ: Mapping[str, str]) -> str:
    """The user's data folder. A relative XDG_DATA_HOME is ignored, as its specification says."""
    return _at_home(paths.xdg_data_folder(environ))


def _at_home(path: str | None) -> str:
    if path is None:
        raise UsageError(
            msg(
                "This login has no home folder, or HOME is not an absolute path. "
                "Name a data folder with -d or DUBAN_DATA."
            )
        )
    if path.startswith("~"):
        raise UsageError(msg("The home folder in {path} is not known. Write it out.", path=path))
    return path


def _is_kept(data: str, name: str) -> bool:
    """Whether a folder is a store that has the definition its progress was recorded with.

    A folder kept by a restore does not count.
    """
    from storage.disk.layout import KEPT

    try:
        files = os.listdir(os.path.join(data, name, "definition"))
    except OSError:
        return False
    return KEPT not in name and any(file.endswith(".json") for file in files)


def _kept_ids(data: str) -> list[str]:
    try:
        return [name for name in os.listdir(data) if _is_kept(data, name)]
    except OSError:
        return []


def _load_kept(data: str, name: str) -> Loaded:
    """The definition in force in a store. Raises StoreError if it cannot be read."""
    from campaigns.reading.loader import read
    from storage.disk.layout import Layout
    from storage.errors import Unreadable
    from storage.tiny.definitions import in_force

    kept = in_force(Layout(paths.store_folder(data, name)))
    if kept is None:
        gone = os.path.join(data, name, "definition")
        raise Unreadable(msg("{file} has just disappeared. Try again.", file=gone))
    source = Source(kept.files, kept.digest)
    return Loaded(read(source), source)

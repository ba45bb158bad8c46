"""Which campaign file, and which data folder (design section 6)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import campaigns
from campaigns.errors import UsageError
from i18n.messages import msg

DEFAULT_CAMPAIGN: Final = "safety-month-2022"
_DEFINITION_ENDINGS: Final = (".yaml", ".yml")


def campaign_file(asked: str | None, environ: Mapping[str, str], data: Path) -> Path:
    """The definition to read: what was asked, DUBAN_CAMPAIGN, else the bundled safety month.

    A value that ends like a definition, holds a path separator or names a file is a
    path; any other is the id of a bundled campaign or of one whose definition is kept
    in the data folder. Raises UsageError for an id that nobody knows.
    """
    wanted = environ.get("DUBAN_CAMPAIGN") or DEFAULT_CAMPAIGN if asked is None else asked
    if not wanted:
        raise UsageError(msg("The campaign is empty. Give a file or the id of a campaign."))
    if _is_path(wanted):
        return Path(wanted)
    found = bundled(wanted) or _used(wanted, data)
    if found is None:
        raise UsageError(
            msg(
                "There is no campaign “{id}”. Give a file, or one of: {known}.",
                id=wanted,
                known=", ".join(sorted({*bundled_ids(), *_used_ids(data)})),
            )
        )
    return found


def bundled(campaign: str) -> Path | None:
    """The file of a bundled campaign, None if there is none of that id."""
    path = _definitions() / f"{campaign}.yaml"
    return path if path.is_file() else None


def bundled_ids() -> list[str]:
    """The ids of the campaigns that come with duban."""
    return sorted(path.stem for path in _definitions().glob("*.yaml"))


def data_folder(asked: str | None, environ: Mapping[str, str]) -> Path:
    """Where progress is kept: what was asked, DUBAN_DATA, else `duban` in the XDG data folder."""
    if asked == "":
        raise UsageError(msg("The data folder is empty. Give the path of a folder."))
    given = asked or environ.get("DUBAN_DATA")
    return Path(given) if given else xdg_data_folder(environ) / "duban"


def xdg_data_folder(environ: Mapping[str, str]) -> Path:
    """The user's data folder. A relative XDG_DATA_HOME is ignored, as its specification asks."""
    given = environ.get("XDG_DATA_HOME", "")
    if os.path.isabs(given):  # noqa: PTH117
        return Path(given)
    try:
        return Path.home() / ".local" / "share"
    except RuntimeError as error:
        raise UsageError(
            msg("This login has no home folder. Name a data folder with -d or DUBAN_DATA.")
        ) from error


def _is_path(wanted: str) -> bool:
    return os.sep in wanted or wanted.endswith(_DEFINITION_ENDINGS) or Path(wanted).is_file()


def _definitions() -> Path:
    return Path(campaigns.__path__[0]) / "definitions"


def _used(campaign: str, data: Path) -> Path | None:
    return None


def _used_ids(data: Path) -> list[str]:
    return []

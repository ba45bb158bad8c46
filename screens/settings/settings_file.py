"""Reads the file of a login's settings, `settings.toml`, which people write by hand.

What is wrong in it is reported with its position and the rest is used: a mistake in the
settings never keeps anybody from working.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from campaigns.reading.problems import Place, Problems, quoted
from i18n.messages import Message, msg
from screens.settings.key_choice import Table
from screens.settings.settings import Settings
from screens.settings.small_file import NotAFile, TooLarge, read_small_file
from storage.paths import own_folder

_MOST_SAID: Final = 100


def settings_file(environ: Mapping[str, str]) -> Path | None:
    """The path of a login's settings, below XDG_CONFIG_HOME if that is absolute, else HOME.

    None for a login without a home folder.
    """
    folder = own_folder("XDG_CONFIG_HOME", ".config", environ)
    return None if folder is None else Path(folder, "duban", "settings.toml")


def read_settings(path: Path | None, tables: Sequence[Table]) -> tuple[Settings, list[Message]]:
    """The settings of a file, and its problems, each with its position.

    `tables` are the bindings whose keys can be changed, those active together in one table
    (screens.settings.key_choice). A missing file has neither settings nor problems. Blocks.
    """
    problems = Problems()
    settings = Settings() if path is None else _read(path, tables, problems)
    return settings, [problem.line for problem in problems.found][:_MOST_SAID]


def _read(path: Path, tables: Sequence[Table], problems: Problems) -> Settings:
    file = quoted(path.name)
    try:
        data = read_small_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        problems.add(Place(file), _why_unreadable(error))
        return Settings()
    # Imported here since most logins have no such file.
    from screens.settings.reading import settings_in

    return settings_in(file, data, tables, problems)


def _why_unreadable(error: OSError | ValueError) -> Message:
    match error:
        case NotAFile():
            return msg("This is not a file. Your settings are not used.")
        case TooLarge():
            return msg("The file is larger than 64 KiB. Your settings are not used.")
        case OSError():
            return msg("The file cannot be read: {reason}.", reason=error.strerror or str(error))
    return msg("The file cannot be read: {reason}.", reason=str(error))

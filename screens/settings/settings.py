"""A reader's own settings: theme, keys, and whether the tour is shown.

They stand in `settings.toml`, which people write by hand. Whatever is wrong with it is
noted with its place, and the rest counts: settings never keep anybody from working.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from campaigns.reading.problems import Place, Problems, quoted
from i18n.messages import Message, msg
from screens.settings.key_choice import Table
from screens.settings.small_file import NotAFile, TooLarge, home_folder, read_small_file
from widgets.keymap import NO_KEYS, Keys

_MOST_SAID: Final = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader wants otherwise than duban comes.

    `theme` is the name of one of screens.theme.THEMES, None if the reader does not say.
    `keys` are settled: an id of a binding, and Textual's names of all its keys.
    """

    theme: str | None = None
    keys: Keys = field(default_factory=lambda: NO_KEYS)
    show_tour: bool = True


def settings_file(environ: Mapping[str, str]) -> Path | None:
    """Where a login's settings stand: XDG_CONFIG_HOME if absolute, else below HOME.

    None for a login without a home folder.
    """
    folder = home_folder("XDG_CONFIG_HOME", ".config", environ)
    return None if folder is None else folder / "duban" / "settings.toml"


def read_settings(path: Path | None, tables: Sequence[Table]) -> tuple[Settings, list[Message]]:
    """The settings of a file, and what is wrong with it, each behind its place.

    `tables` are the bindings that can have other keys, those in force together in one
    table. A file that is missing says nothing. Blocking.
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
    # Not at the top: most readers have no such file, and its parser takes time to import.
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

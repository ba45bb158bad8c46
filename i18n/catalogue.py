"""Chooses the language, and translates messages."""

from __future__ import annotations

import os

from i18n.messages import Message
from i18n.mo_file import Catalogue, Texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

LANGUAGES: Final = ("zh", "en")
_LOCALES: Final = os.path.join(os.path.dirname(__file__), "locales")  # noqa: PTH118, PTH120
_DOMAIN: Final = "duban"


class Translator:
    """Translates texts and messages into one language. `tr("Units")`, `tr("{n} late", n=3)`."""

    def __init__(self, language: str, catalogue: Texts) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate a text and fill in its values."""
        translated = self._catalogue.gettext(text) if text else ""
        if not values:
            return translated
        return translated.format_map({name: self._word(value) for name, value in values.items()})

    def render(self, message: Message) -> str:
        """Translate a message. Without values its text is taken literally, including braces."""
        return self(message.text, **message.values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Translate a text with a number, `{n}`. Chinese has one form for all numbers."""
        text = self._catalogue.ngettext(one, many, n)
        return text.format_map({"n": n} | {k: self._word(v) for k, v in values.items()})

    def _word(self, value: object) -> str:
        return self.render(value) if isinstance(value, Message) else str(value)


def open_catalogue(language: str) -> Translator:
    """The translator for "zh" or "en". English is the language of the source."""
    if language == "en":
        return Translator("en", Texts())
    # Not pathlib, which alone would cost a sixth of a status.
    path = f"{_LOCALES}/{language}/LC_MESSAGES/{_DOMAIN}.mo"
    with open(path, "rb") as file:  # noqa: PTH123
        return Translator(language, Catalogue(file.read()))


def choose_language(asked: str | None, environ: Mapping[str, str], campaign: str | None) -> str:
    """Choose "zh" or "en": by the option, DUBAN_LANG, the locale, then the campaign.

    `asked` and DUBAN_LANG must be valid. A C or POSIX locale says nothing about the person,
    so it is ignored.
    """
    candidates = (asked, environ.get("DUBAN_LANG"), _locale_name(environ), campaign)
    for candidate in candidates:
        language = language_of(candidate or "")
        if language is not None:
            return language
    return "en"


def language_of(tag: str) -> str | None:
    """The language for a tag such as `zh-CN`, `zh_CN.GBK` or `en`, None for others."""
    code = tag.replace("_", "-").split("-", 1)[0].split(".", 1)[0].lower()
    return code if code in LANGUAGES else None


def _locale_name(environ: Mapping[str, str]) -> str:
    """The name of the locale, by POSIX's order of precedence for messages."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return environ[variable]
    return ""

"""The catalogues: which language to speak, and how to say a thing in it."""

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
    """Says texts and messages in one language. `tr("Units")`, `tr("{n} late", n=3)`."""

    def __init__(self, language: str, catalogue: Texts) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, text: str, /, **values: object) -> str:
        """Say a text, with its values put in where there are any."""
        translated = self._catalogue.gettext(text) if text else ""
        if not values:
            return translated
        return translated.format_map({name: self._word(value) for name, value in values.items()})

    def render(self, message: Message) -> str:
        """Say a message. One without values is taken to the letter, braces included."""
        return self(message.text, **message.values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Say how many; both texts may use `{n}`. Chinese has one form for every number."""
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
    """Pick "zh" or "en": what was asked, DUBAN_LANG, the locale, then the campaign's own.

    `asked` and DUBAN_LANG are taken as checked. A C or POSIX locale says nothing
    about the reader, so it is passed over.
    """
    candidates = (asked, environ.get("DUBAN_LANG"), _locale_name(environ), campaign)
    for candidate in candidates:
        language = language_of(candidate or "")
        if language is not None:
            return language
    return "en"


def language_of(tag: str) -> str | None:
    """The language we speak for a tag like `zh-CN`, `zh_CN.GBK` or `en`; None if we do not."""
    code = tag.replace("_", "-").split("-", 1)[0].split(".", 1)[0].lower()
    return code if code in LANGUAGES else None


def _locale_name(environ: Mapping[str, str]) -> str:
    """The locale's name, by POSIX's order of precedence for messages."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return environ[variable]
    return ""

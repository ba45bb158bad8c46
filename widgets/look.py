"""The language, glyphs, time zone and keys that every widget is given."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct, field

from campaigns.glyphs import Glyphs
from campaigns.terms import deadline_text
from i18n.catalogue import Translator
from widgets.keys.keymap import NO_KEYS, Keys


class Look(Struct, frozen=True):
    """The language and glyphs of the session, and the time zone in which times are shown."""

    tr: Translator
    glyphs: Glyphs
    zone: tzinfo
    keys: Keys = field(default_factory=lambda: NO_KEYS)
    """The keys from the settings, by the ids of bindings."""

    def moment(self, moment: datetime) -> str:
        """An instant as `06-15 18:00` in the campaign's zone."""
        return moment.astimezone(self.zone).strftime("%m-%d %H:%M")

    def deadline(self, moment: datetime | None) -> str:
        """A deadline, empty for None; one at the end of a day is shown as the day alone."""
        return "" if moment is None else deadline_text(moment, self.zone, "%m-%d")

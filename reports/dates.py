"""Dates and lengths of time as written in a letter."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from msgspec import Struct

from campaigns.definition import END_OF_DAY
from campaigns.wording import month_name
from i18n.catalogue import Translator

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


class Calendar(Struct, frozen=True):
    """Writes instants in the campaign's time zone, with the year if it is not that of `now`."""

    tr: Translator
    zone: tzinfo
    now: datetime

    def moment(self, moment: datetime) -> str:
        """A date with its time."""
        local = moment.astimezone(self.zone)
        return self.tr("{date} {time}", date=self._date(local), time=f"{local:%H:%M}")

    def deadline(self, due: datetime) -> str:
        """A deadline; one at the end of a day is written as the day alone."""
        local = due.astimezone(self.zone)
        return self._date(local) if local.time() == END_OF_DAY else self.moment(due)

    def _date(self, local: datetime) -> str:
        month = month_name(local)
        if local.year == self.now.astimezone(self.zone).year:
            return self.tr("{day} {month}", day=local.day, month=month)
        return self.tr("{day} {month} {year}", day=local.day, month=month, year=local.year)


def length(seconds: int, tr: Translator) -> str:
    """A length of time in minutes, hours or, from two days on, days; rounded down."""
    if seconds < _MINUTE:
        return tr("less than a minute")
    if seconds < _HOUR:
        return tr.count("1 minute", "{n} minutes", seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return tr.count("1 hour", "{n} hours", seconds // _HOUR)
    return tr.count("1 day", "{n} days", seconds // _DAY)

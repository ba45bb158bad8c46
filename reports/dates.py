"""Dates as written in a letter."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct

from campaigns.definition import END_OF_DAY
from campaigns.terms import month_name
from i18n.catalogue import Translator


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

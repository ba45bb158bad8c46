"""A day that an officer wants to go to, said loosely: `6.22`, `昨天`, `22日`, `Friday`."""

from __future__ import annotations

from datetime import date

from campaigns.full_width import ascii_twins
from campaigns.scalars import parse_date
from campaigns.typed.days import days_said
from campaigns.typed.spelling import one_spelling


def day_asked(text: str, today: date, last: date) -> date | None:
    """The day that a text names; None where it names none.

    A date without a year is the latest up to `last`, the campaign's last day: what is
    still to come is what one looks up. Days told from today (`昨天`, `周三`) are told from it.
    """
    said = one_spelling(ascii_twins(text).strip())
    exact = parse_date(said)
    if exact is not None:
        return exact
    told_from = max(today, last) if any(map(str.isdigit, said)) else today
    try:
        for days, rest in days_said(said, told_from):
            if not rest.strip():
                return days if isinstance(days, date) else _latest(days, told_from)
    except OverflowError:
        return None
    return None


def _latest(days: tuple[date, ...], until: date) -> date | None:
    return next((day for day in days if day <= until), None)

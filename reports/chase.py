"""催报单: the text that reminds units of what they owe, ready to be sent.

It is signed by the office of the campaign, else by its issuer, never by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct

from campaigns.definition import Campaign
from campaigns.entries import State
from campaigns.overviews.chase import Chase, Debt, Group, Urgency
from campaigns.plain_text import one_line
from campaigns.standing.matrix import Matrix
from campaigns.words.lengths import length
from campaigns.words.units import not_included, unreadable
from i18n.catalogue import Translator
from reports.dates import Calendar


class Reminder(Struct, frozen=True):
    """Writes the reminders of a campaign in one language. `zone` is the campaign's time zone."""

    campaign: Campaign
    zone: tzinfo
    tr: Translator

    def write(self, chase: Chase, groups: Sequence[Group], now: datetime) -> str:
        """The text for some groups of a chase, as of `now` (UTC).

        A single unit is addressed; several are listed with what each owes; deadlines are listed
        with the units that owe them.
        """
        calendar = Calendar(self.tr, self.zone, now)
        time = calendar.moment(now)
        unread = self._unreadable(chase.matrix)
        if not groups:
            nothing = self.tr("As of {time} there is nothing to remind of.", time=time)
            return _text([nothing, *unread])
        head, points = self._content(chase, groups, calendar, time)
        numbered = (
            self.tr("{n}. {text}", n=number, text=point) for number, point in enumerate(points, 1)
        )
        foot = self.tr("Please hand in what is missing as soon as you can.")
        signed = self.campaign.office or self.campaign.issuer
        missing = [] if _is_to_one_unit(groups) else unread
        return _text([head, *numbered, *missing, foot, *([signed] if signed else [])])

    def _unreadable(self, matrix: Matrix) -> list[str]:
        """The line on units that are left out because they cannot be read, if there are any."""
        names = unreadable(matrix)
        return [not_included(self.tr(", ").join(names), self.tr)] if names else []

    def _content(
        self, chase: Chase, groups: Sequence[Group], calendar: Calendar, time: str
    ) -> tuple[str, list[str]]:
        """The first line and the points under it."""
        tr, unit = self.tr, groups[0].unit
        if unit is None:
            debts = (debt for group in groups for debt in chase.debts(group))
            return tr("[Reminder] As of {time}, still owed:", time=time), [
                self._owed_by(those, calendar) for those in _alike(debts)
            ]
        if _is_to_one_unit(groups):
            head = tr("[Reminder] {unit}: as of {time}, still owed:", unit=unit.name, time=time)
            return head, [self._owed(debt, calendar) for debt in chase.debts(groups[0])]
        head = tr.count(
            "[Reminder] As of {time}, 1 unit still owes:",
            "[Reminder] As of {time}, {n} units still owe:",
            len(groups),
            time=time,
        )
        return head, [self._owed_of(chase, group, calendar) for group in groups]

    def _owed_of(self, chase: Chase, group: Group, calendar: Calendar) -> str:
        """A unit and what it owes."""
        owed = self.tr("; ").join(self._owed(debt, calendar) for debt in chase.debts(group))
        return self.tr("{unit}: {owed}", unit=chase.debts(group)[0].unit.name, owed=owed)

    def _owed_by(self, debts: Sequence[Debt], calendar: Calendar) -> str:
        """What several units owe in the same way, and their names."""
        names = self.tr(", ").join(map(self._name, debts))
        owed = self._standing(debts[0], calendar, returned=debts[0].urgency is Urgency.RETURNED)
        return self.tr("{owed}: {names}", owed=owed, names=names)

    def _name(self, debt: Debt) -> str:
        if debt.urgency is Urgency.OVERDUE and _is_returned(debt):
            return self.tr("{unit} (returned)", unit=debt.unit.name)
        return debt.unit.name

    def _owed(self, debt: Debt, calendar: Calendar) -> str:
        return self._standing(debt, calendar, returned=_is_returned(debt))

    def _standing(self, debt: Debt, calendar: Calendar, *, returned: bool) -> str:
        """A title, its deadline, and how late it is."""
        tr, title, due = self.tr, debt.column.title, debt.column.occurrence.due
        if due is None:
            return tr("{title} (returned)", title=title)
        written = calendar.deadline(due)
        past = debt.overdue_by(calendar.now)
        if past is not None:
            return self._overdue(title, written, length(past, tr), returned=returned)
        if returned:
            return tr("{title} (due {due}, returned)", title=title, due=written)
        left = length(int((due - calendar.now).total_seconds()), tr)
        return tr("{title} (due {due}, {span} left)", title=title, due=written, span=left)

    def _overdue(self, title: str, due: str, span: str, *, returned: bool) -> str:
        if returned:
            return self.tr(
                "{title} (due {due}, returned, {span} overdue)", title=title, due=due, span=span
            )
        return self.tr("{title} (due {due}, {span} overdue)", title=title, due=due, span=span)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(map(one_line, lines)) + "\n"


def _is_to_one_unit(groups: Sequence[Group]) -> bool:
    """Whether a text addresses a single unit."""
    return len(groups) == 1 and groups[0].unit is not None


def _is_returned(debt: Debt) -> bool:
    return debt.cell is not None and debt.cell.state is State.RETURNED


def _alike(debts: Iterable[Debt]) -> Iterable[list[Debt]]:
    """Debts of the same column and urgency, grouped in order."""
    found: dict[tuple[int, Urgency], list[Debt]] = {}
    for debt in debts:
        found.setdefault((debt.place, debt.urgency), []).append(debt)
    return found.values()

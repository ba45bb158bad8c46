"""Finds the units an activity is for (docs/campaign-format.md, "for and except")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from campaigns.definition import UnitKind
from campaigns.reading.problems import Place, Problems, quoted
from campaigns.reading.units import UnitList
from i18n.messages import msg

TAG: Final = "tag:"

_MOST_SELECTED: Final = 1_000_000


class Selectors:
    """The selectors of a campaign: the ids of its units and kinds, and tags."""

    def __init__(
        self, kinds: Mapping[str, UnitKind] | None, listed: UnitList, problems: Problems
    ) -> None:
        self._kinds = kinds or {}
        self._complete = listed.complete and kinds is not None
        self._problems = problems
        self._everyone = frozenset(unit.id for unit in listed.units)
        self._children: dict[str, list[str]] = defaultdict(list)
        self._of_kind: dict[str, list[str]] = defaultdict(list)
        self._of_tag: dict[str, list[str]] = defaultdict(list)
        self._chosen: dict[tuple[frozenset[str] | None, frozenset[str]], frozenset[str]] = {}
        self._budget = _MOST_SELECTED
        for kind in self._kinds.values():
            self._children[kind.parent or ""].append(kind.id)
        for unit in listed.units:
            self._of_kind[unit.kind].append(unit.id)
            for tag in unit.tags:
                self._of_tag[TAG + tag].append(unit.id)
        self._known = (*self._kinds, *self._of_tag, *self._everyone)

    def all_known(self, selectors: Iterable[tuple[str, Place]]) -> bool:
        """Whether every selector names something; those that name nothing are noted.

        They are not noted if some id, kind or tag could not be read.
        """
        known = True
        for selector, place in selectors:
            if selector in self._kinds or selector in self._everyone or selector in self._of_tag:
                continue
            known = False
            if self._complete:
                message = msg(
                    "“{name}” is neither a kind, nor a unit, nor a tag of one (tag:NAME).",
                    name=quoted(selector),
                )
                self._problems.explain(place, message, selector, self._known)
        return known

    def select(
        self, chosen: frozenset[str] | None, excepted: frozenset[str], place: Place
    ) -> frozenset[str]:
        """The ids of the chosen units (None: all), without those excepted.

        Notes a selection without units, unless some id, kind or tag could not be read.
        """
        key = chosen, excepted
        if key not in self._chosen and self._budget > 0:
            selected = self._everyone if chosen is None else self._union(chosen)
            self._chosen[key] = selected - self._union(excepted) if excepted else selected
            self._budget -= len(self._chosen[key])
            if self._budget <= 0:
                message = msg("The selections up to here come to more than 1,000,000 items.")
                self._problems.add(place, message)
        if key not in self._chosen:
            return frozenset()
        if not self._chosen[key] and self._complete and self._budget > 0:
            self._problems.add(place, msg("This selects no unit at all."))
        return self._chosen[key]

    def _union(self, selectors: frozenset[str]) -> frozenset[str]:
        units: set[str] = set()
        for selector in selectors:
            if self._budget <= 0:
                break
            units.update(self._one(selector))
            self._budget -= 1
        return frozenset(units)

    def _one(self, selector: str) -> Iterable[str]:
        if selector in self._kinds:
            return self._units_below(selector)
        if selector in self._everyone:
            return (selector,)
        return self._of_tag.get(selector, ())

    def _units_below(self, kind: str) -> Iterable[str]:
        """The units of a kind and of all kinds below it."""
        units: list[str] = []
        seen = {kind}
        waiting = [kind]
        while waiting:
            current = waiting.pop()
            units += self._of_kind.get(current, ())
            below = [child for child in self._children.get(current, ()) if child not in seen]
            seen.update(below)
            waiting += below
        self._budget -= len(seen) + len(units)
        return units

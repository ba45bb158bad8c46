"""Which stored entries answer for which items (docs/campaign-format.md, "Changing the file").

An item's entry stands under its key. Where nothing does, and its activity had other
ids in earlier definitions (`was`), the entry under the first earlier key answers for it
until the next change moves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from campaigns.definition import Campaign
from campaigns.entries import Entry
from campaigns.ids import ItemKey
from campaigns.items import Item

UNTOUCHED: Final = Entry()


def stored_key(item: Item, entries: Mapping[str, Entry]) -> str:
    """The key under which an item's entry stands; its own where nothing is recorded."""
    key = item.key
    if key in entries or not item.activity.was:
        return key
    return next((earlier for earlier in item.earlier_keys if earlier in entries), key)


def entry_of(item: Item, entries: Mapping[str, Entry]) -> Entry:
    """What is recorded of an item, under its own key or an earlier one."""
    return entries.get(stored_key(item, entries), UNTOUCHED) if entries else UNTOUCHED


def orphans(items: Iterable[Item], entries: Mapping[str, Entry]) -> tuple[tuple[str, Entry], ...]:
    """The answers that no item of a unit has, by key. They are kept; none is ever deleted."""
    if not entries:
        return ()
    answered = {stored_key(item, entries) for item in items}
    left = sorted(entries.keys() - answered)
    return tuple((key, entries[key]) for key in left if is_answer(entries[key]))


def is_answer(entry: Entry) -> bool:
    """Whether anything is recorded; an entry that was taken back holds nothing."""
    return replace(entry, recorded_at=None, recorded_by=None, rev=0) != UNTOUCHED


def earlier_keys(campaign: Campaign, item: str) -> tuple[str, ...]:
    """The keys that an item had while its activity had other ids, for a change of it."""
    key = ItemKey.parse(item)
    activity = next((each for each in campaign.activities if key and each.id == key.activity), None)
    if key is None or activity is None:
        return ()
    return tuple(str(key._replace(activity=old)) for old in activity.was)

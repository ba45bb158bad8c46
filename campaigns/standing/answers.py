"""Which stored entries belong to which items (docs/campaign-format.md, "Changing the file").

An item's entry is stored under its key. If there is none, and the activity had other ids
in earlier definitions (`was`), the entry under the first earlier key counts for the item
until the next change moves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from campaigns.definition import Campaign
from campaigns.entries import Entry
from campaigns.ids import ItemKey
from campaigns.items import Item

UNTOUCHED: Final = Entry()


def stored_key(item: Item, entries: Mapping[str, Entry]) -> str:
    """The key under which an item's entry is stored; its own key if nothing is recorded."""
    key = item.key
    if key in entries or not item.activity.was:
        return key
    return next((earlier for earlier in item.earlier_keys if earlier in entries), key)


def entry_of(item: Item, entries: Mapping[str, Entry]) -> Entry:
    """The entry of an item, stored under its own key or an earlier one."""
    return entries.get(stored_key(item, entries), UNTOUCHED) if entries else UNTOUCHED


def orphans(items: Iterable[Item], entries: Mapping[str, Entry]) -> tuple[tuple[str, Entry], ...]:
    """The answers that belong to no item of a unit, by key. They are kept, never deleted."""
    if not entries:
        return ()
    answered = {stored_key(item, entries) for item in items}
    left = sorted(entries.keys() - answered)
    return tuple((key, entries[key]) for key in left if is_answer(entries[key]))


def is_answer(entry: Entry) -> bool:
    """Whether anything is recorded; not in an entry whose changes were all taken back."""
    return replace(entry, recorded_at=None, recorded_by=None, rev=0) != UNTOUCHED


def earlier_keys(campaign: Campaign, item: str) -> tuple[str, ...]:
    """The keys that an item had while its activity had other ids."""
    key = ItemKey.parse(item)
    activity = next((each for each in campaign.activities if key and each.id == key.activity), None)
    if key is None or activity is None:
        return ()
    return tuple(str(key._replace(activity=old)) for old in activity.was)

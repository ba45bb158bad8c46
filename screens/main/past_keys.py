"""The keys of the main screen in the past: none records, and the menu is a read-only look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from textual.binding import Binding

from i18n.messages import deferred
from screens.main.allowed import SAY_WHY_NOT

_WRITING: Final = frozenset({"main.tick", "main.several", "main.repeat", "main.undo", "main.redo"})


def for_the_past(bindings: Iterable[Binding]) -> Iterator[Binding]:
    """The bindings of the main screen, changed for a view of the past.

    A key that would record something says why it does not. It has no description, so that
    neither the footer nor the help nor the palette lists it.
    """
    for binding in bindings:
        if binding.id in _WRITING:
            yield replace(
                binding, action=_like(binding, SAY_WHY_NOT), description="", tooltip="", show=False
            )
        elif binding.id == "main.menu":
            yield replace(
                binding,
                description=deferred("Look"),
                tooltip=deferred("What was recorded of the item by then"),
            )
        else:
            yield binding


def _like(binding: Binding, action: str) -> str:
    """The action, as a shortcut if the binding is a letter."""
    return f"shortcut({action!r})" if binding.action.startswith("shortcut(") else action

"""The keys of the main view in the past: none writes, and the item's menu is a look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from textual.binding import Binding

from i18n.messages import deferred
from screens.main.allowed import SAY_WHY_NOT

_WRITING: Final = frozenset({"main.tick", "main.several", "main.repeat", "main.undo", "main.redo"})


def for_the_past(bindings: Iterable[Binding]) -> Iterator[Binding]:
    """The bindings of the main view with other meanings.

    Whatever would write says why it does not, and is named nowhere: without a description
    neither the footer nor help and palette name a key.
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
    """The action, as a shortcut where the binding is one: text while text is typed."""
    return f"shortcut({action!r})" if binding.action.startswith("shortcut(") else action

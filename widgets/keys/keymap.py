"""Replaces the keys of a screen or widget by those of the settings.

Textual's keymap (App.set_keymap) does not fit: it deletes every binding of a key as soon
as one of them moves (Enter has three here), binds letters to actions that would then be
taken while text is typed, and does its work anew for each key pressed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode

Keys = Mapping[str, tuple[str, ...]]
"""The id of a binding, and Textual's names of its keys."""

NO_KEYS: Final[Keys] = {}
"""The default keys."""

_NO_TEXT: Final = re.compile(
    r".+\+.+|f\d+|enter|escape|tab|up|down|left|right|pageup|pagedown|home|end"
    r"|insert|delete|backspace"
)
_NO_LETTER: Final = re.compile(r"space|ideographic_space|(fullwidth_digit_.+)|\d")
_SHORTCUT: Final = "shortcut("


def is_text(key: str) -> bool:
    """Whether a key is text where text is typed: letters, digits, punctuation, Space."""
    return _NO_TEXT.fullmatch(key) is None


def is_letter(key: str) -> bool:
    """Whether an input method may swallow a key: text other than digits and Space."""
    return is_text(key) and _NO_LETTER.fullmatch(key) is None


def apply_keys(bindings: Iterable[BindingType], keys: Keys) -> list[Binding]:
    """The bindings, one for each key, with other keys for the ids in `keys`.

    A key that an id already has keeps its binding. A new key that is text is bound like the
    letters of the id; if it has none, as a `shortcut` if the table has such, so that it is
    still text while text is typed. `keys` must be free of clashes (screens.settings.key_choice).
    """
    table = list(Binding.make_bindings(bindings))
    own: dict[str, list[Binding]] = {}
    for binding in table:
        own.setdefault(binding.id or "", []).append(binding)
    with_shortcuts = any(binding.action.startswith(_SHORTCUT) for binding in table)
    result: list[Binding] = []
    for binding in table:
        name = binding.id or ""
        if name not in keys:
            result.append(binding)
        elif binding is own[name][0]:
            result += _rebound(own[name], keys[name], with_shortcuts=with_shortcuts)
    return result


def rebind(node: DOMNode, keys: Keys) -> None:
    """Give the keys of the settings to a screen, a widget or the application before it is shown."""
    if keys:
        change_bindings(node, lambda own: apply_keys(own, keys))


def change_bindings(
    node: DOMNode, change: Callable[[Iterable[Binding]], Iterable[Binding]]
) -> None:
    """Replace the bindings of a screen, a widget or the application.

    Sets what Textual's own DOMNode.__init__ sets; there is no public way
    (tests/widgets/keys/test_keymap.py).
    """
    node._bindings = BindingsMap(change([found for _, found in node._bindings]))


def _rebound(
    own: Sequence[Binding], keys: Sequence[str], *, with_shortcuts: bool
) -> Iterable[Binding]:
    shown = next((key for key in keys if not is_letter(key)), None)
    show = any(binding.show for binding in own)
    for key in keys:
        kept = [binding for binding in own if binding.key == key]
        for binding in kept or [_bound(own, key, with_shortcuts=with_shortcuts)]:
            yield replace(binding, show=show and key == shown)


def _bound(own: Sequence[Binding], key: str, *, with_shortcuts: bool) -> Binding:
    """A binding like those of an id, for another key."""
    alike = [binding for binding in own if is_text(binding.key) == is_text(key)]
    model = (alike or own)[0]
    action = model.action
    if not alike and is_text(key) and with_shortcuts:
        action = f"{_SHORTCUT}{action!r})"
    return replace(model, key=key, key_display=None, action=action)

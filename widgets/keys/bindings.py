"""Makes the bindings of widgets and screens."""

from __future__ import annotations

from textual.binding import Binding


def key(
    name: str, keys: str, action: str, words: str, tooltip: str = "", *, shown: str = ""
) -> Binding:
    """Keys that do something, under the id `name`.

    `words` name the action; without them neither the help nor the palette lists it, and the
    settings cannot change its keys. The footer lists it by the key `shown`, if one is given.

    The keys have priority: Textual then acts on each before it looks at the next, so that
    keys typed ahead on a slow line are handled in order.
    """
    return Binding(
        keys,
        action,
        words,
        show=bool(shown),
        key_display=shown or None,
        priority=True,
        tooltip=tooltip or words,
        id=name,
    )

"""argparse's own messages, in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from i18n.catalogue import Translator
from i18n.messages import deferred

WORDS: Final = (
    deferred("usage: "),
    deferred("options"),
    deferred("positional arguments"),
    deferred("argument %(argument_name)s: %(message)s"),
    deferred("unknown parser %(parser_name)r (choices: %(choices)s)"),
    deferred("unrecognized arguments: %s"),
    deferred("not allowed with argument %s"),
    deferred("ignored explicit argument %r"),
    deferred("the following arguments are required: %s"),
    deferred("one of the arguments %s is required"),
    deferred("expected one argument"),
    deferred("expected at most one argument"),
    deferred("expected at least one argument"),
    deferred("expected %s argument"),
    deferred("expected %s arguments"),
    deferred("ambiguous option: %(option)s could match %(matches)s"),
    deferred("unexpected option string: %s"),
    deferred("invalid %(type)s value: %(value)r"),
    deferred("invalid choice: %(value)r (choose from %(choices)s)"),
    deferred(
        "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"
    ),
)
"""The messages of argparse that a reader may see, as in its source (Python 3.11 to 3.14)."""


@contextmanager
def speaking(tr: Translator) -> Iterator[None]:
    """Inside the `with` block, argparse translates its messages with `tr`.

    It uses gettext functions that it has imported. Replacing those for a while is the only way
    to give it a language.
    """
    own = {name: getattr(argparse, name) for name in ("_", "ngettext")}

    def translate(text: str | None) -> str | None:
        return tr(text) if text else text

    def translate_count(one: str, many: str, n: int) -> str:
        return tr(one if n == 1 else many)

    setattr(argparse, "_", translate)  # noqa: B010
    setattr(argparse, "ngettext", translate_count)  # noqa: B010
    try:
        yield
    finally:
        for name, function in own.items():
            setattr(argparse, name, function)

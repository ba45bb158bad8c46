"""A monkey at the keyboard: random keys, windows of all sizes, and others who write meanwhile.

    python -m tests.screens.monkey [--keys N] [--seed N]

Ends with an exception where the interface does, and where the store is not consistent
afterwards. `make monkey` runs it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

from textual.events import Key

from app import DubanApp
from campaigns.entries import State
from campaigns.errors import DubanError
from desk.opening import Opening
from screens.terminal.keyboard import Keyboard
from screens.terminal.tokens import PASTE, PASTE_END, Tokenizer
from tests.screens.sample import app_of, opening_at, record
from tests.screens.terminal.corpus import MODIFIED, PASTES, REPLIES

_AT_ONCE: Final = 10
_SIZES: Final = ((80, 24), (40, 10), (39, 9), (1, 1), (300, 60), (200, 60), (60, 12), (80, 24))

KEYS: Final = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown") * 3,
    *("space", "ideographic_space", "enter", "escape", "tab", "shift+tab") * 4,
    *(f"f{number}" for number in (*range(1, 10), 16, 18, 20)),
    *("1", "2", "3", "4", "5", "6", "7", "8", "9"),
    *("２", "fullwidth_question_mark", "fullwidth_solidus"),
    *("slash", "question_mark", "full_stop", "ctrl+p", "ctrl+c", "backspace", "delete"),
    *("j", "k", "h", "l", "g", "G", "n", "N", "u", "U", "v", "c", "r", "a", "x", "B"),
    *("荫", "村", "！", "￥", "é", "\u0301", "minus", "number_sign", "shift+f6", "shift+f8"),
)
"""All that does something, and some that does not; but nothing that leaves."""


async def play(opening: Opening, keys: int, chance: Random) -> DubanApp:
    """Press so many keys. Raises what the interface raises."""
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(keys // _AT_ONCE):
            for key in chance.choices(KEYS, k=_AT_ONCE):
                app.post_message(Key(key, key if len(key) == 1 else None))
            await pilot.pause(0.01)
            what = chance.random()
            if what < 0.1:
                await pilot.resize_terminal(*chance.choice(_SIZES))
            elif what < 0.2:
                await asyncio.to_thread(_meddle, opening, chance)
            elif what < 0.3:
                _receive(app, chance)
        await pilot.resize_terminal(80, 24)
        await pilot.press(*["escape"] * 6)
    return app


def _receive(app: DubanApp, chance: Random) -> None:
    """A reply of the terminal, a key with modifiers or a paste arrives, cut somewhere."""
    pastes = (f"{PASTE}{text}{PASTE_END}" for text in PASTES)
    text = chance.choice((*REPLIES, *(form for form, _ in MODIFIED), *pastes))
    cut = chance.randrange(len(text) + 1)
    tokenizer, keyboard = Tokenizer(), Keyboard()
    for now, piece in enumerate((text[:cut], text[cut:])):
        for token in tokenizer.feed(piece, now * 0.05):
            for message in keyboard.messages(token):
                app.post_message(message)


def _meddle(opening: Opening, chance: Random) -> None:
    """Somebody else changes something, or tries to."""
    items = ("north/plan", "north/weekly@2022-06-01", "south/plan", "office/drill")
    state = chance.choice(tuple(State))
    with suppress(DubanError):
        record(opening, chance.choice(items), state, op=f"other-{chance.random()}")


def faults_of(opening: Opening) -> list[str]:
    """What is wrong with the store, a line each; and whether anything was written at all."""
    store = opening.make_store(opening.load())
    reports = [store.verify(unit) for unit in store.units()]
    faults = [f"{report.unit}: {fault}" for report in reports for fault in report.faults]
    faults += [f"{unit}: {r.fault}" for unit, r in store.read(store.units()).items() if r.fault]
    return faults if any(report.events for report in reports) else [*faults, "nothing written"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="monkey", description="Random keys, and an account.")
    parser.add_argument("--keys", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="duban-monkey-") as folder:
        opening = opening_at(Path(folder))
        sys.stdout.write(f"seed {asked.seed}, {asked.keys} keys\n")
        sys.stdout.flush()
        asyncio.run(play(opening, asked.keys, Random(asked.seed)))
        faults = faults_of(opening)
    sys.stdout.write("\n".join(faults or ["No exception, and the store is consistent."]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

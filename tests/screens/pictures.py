"""The pictures of the documents: every view of the demo, in both languages.

    python -m tests.screens.pictures FOLDER

`make pictures` writes them to docs/pictures. They are SVG without fonts from elsewhere.
"""

from __future__ import annotations

import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from rich.cells import cell_len
from textual.pilot import Pilot

from app import DubanApp
from campaigns.clock import zone_of
from campaigns.history import Person
from campaigns.reading.loader import load
from commands.lookup import paths
from desk.opening import Opening
from i18n.catalogue import LANGUAGES, open_catalogue
from screens.main.views import VIEWS
from storage.tiny.store import TinyStore
from tests.campaigns.builders import at
from tests.screens.sample import app_of, until

_NOW: Final = at("2022-06-15 10:00")
_SIZE: Final = (80, 24)
_FONT_FACES: Final = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_COMMENTS: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TEXT: Final = re.compile(
    r'(?P<before><text class="[^"]*" )x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="[^"]*"'
    r' clip-path="[^"]*">(?P<text>[^<]*)</text>'
)
_WORD: Final = re.compile(r"[!-~]+|[^!-~\s]")
_CELL: Final = 12.2
"""The width that the exported picture gives a column."""
_FONTS: Final = "Sarasa Mono SC, Noto Sans Mono CJK SC, WenQuanYi Zen Hei Mono, monospace"


def demo(folder: Path) -> Opening:
    """The demo, with its sample progress in a folder."""
    command = [sys.executable, "-m", "cli", "-d", str(folder), "demo", "--prepare"]
    subprocess.run(command, check=True, capture_output=True)
    definition = paths.bundled(paths.DEFAULT_CAMPAIGN)
    assert definition is not None
    return Opening(
        load=lambda: load(Path(definition)),
        make_store=lambda loaded: TinyStore(
            folder / loaded.campaign.id,
            zone=zone_of(loaded.campaign.timezone),
            source=loaded.source,
        ),
        clock=lambda: _NOW,
        person=Person("officer-1"),
        tr=open_catalogue("en"),
    )


async def take(opening: Opening, keys: Sequence[str], size: tuple[int, int] = _SIZE) -> str:
    """A picture of the interface after some keys."""
    app = app_of(opening)
    async with app.run_test(size=size) as pilot:
        await _settle(app, pilot)
        await pilot.press(*keys)
        await _settle(app, pilot)
        return on_a_grid(without_fonts(app.export_screenshot(title="duban")))


async def _settle(app: DubanApp, pilot: Pilot[int]) -> None:
    """Wait until everything is read, and the cursor rests."""
    await until(pilot, lambda: all(worker.group != "read" for worker in app.workers))
    await pilot.pause(0.5)


def without_fonts(svg: str) -> str:
    """An SVG that asks nobody for a font."""
    return _COMMENTS.sub("", _FONT_FACES.sub("", svg)).replace("Fira Code", _FONTS)


def on_a_grid(svg: str) -> str:
    """An SVG that says where each word stands, so that columns are straight in any font."""
    return _TEXT.sub(_placed, svg)


def _placed(match: re.Match[str]) -> str:
    text = html.unescape(match["text"])
    left, y = float(match["x"]), match["y"]
    return "".join(
        f'{match["before"]}x="{left + _CELL * cell_len(text[: word.start()]):.1f}" y="{y}"'
        f' textLength="{_CELL * cell_len(word[0]):.1f}">{html.escape(word[0])}</text>'
        for word in _WORD.finditer(text)
    )


def scenes() -> dict[str, tuple[str, ...]]:
    """What is shown in each picture, by the keys that lead to it."""
    views = {f"view-{number}": (str(number),) for number in range(1, len(VIEWS) + 2)}
    return views | {
        "menu": ("enter",),
        "help": ("f1",),
        "commands": ("f9",),
        "filter": ("f3", *"ycc"),
        "several": ("f4", "space", "down", "space", "enter"),
    }


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duban-pictures-") as data:
        opening = demo(Path(data))
        for language in LANGUAGES:
            spoken = replace(opening, tr=open_catalogue(language))
            for name, keys in scenes().items():
                svg = asyncio.run(take(spoken, keys))
                (folder / f"{name}-{language}.svg").write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

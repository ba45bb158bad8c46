"""The console examples of the README and of docs/ are run, and show what they print.

The examples of a page are one session of bash, in a home folder that begins empty and that the
pages call /home/duty. A block of YAML under a comment like `<!-- drill.yaml -->` is a file in it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests import ROOT

PAGES: Final = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])
HOME: Final = "/home/duty"
_BLOCK: Final = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE: Final = re.compile(r"^<!-- (\S+\.yaml) -->\n```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PROMPT: Final = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_CITED: Final = re.compile(r'docs/([\w-]+\.md), "([^"]+)"')
_END: Final = "\x1e"
"""What the session prints after each command."""


def examples_of(page: str) -> str:
    """The console blocks of a page, one after another."""
    return "".join(block["text"] for block in _BLOCK.finditer(page) if block["kind"] == "console")


def session(commands: Sequence[str], home: Path) -> str:
    """What a terminal would show of these commands, typed one after another."""
    end = f"printf '{_END}'; (exit $code)"
    script = "\n".join(f"{{ {command}\n}} 2>&1; code=$?; {end}" for command in commands)
    environ = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
    run = subprocess.run(
        ["bash", "-c", script], cwd=home, env=environ, capture_output=True, text=True, check=False
    )
    outputs = run.stdout.replace(str(home), HOME).split(_END)[:-1]
    return "".join(f"$ {command}\n{out}" for command, out in zip(commands, outputs, strict=True))


def test_there_are_examples_on_these_pages() -> None:
    with_examples = {page.name for page in PAGES if examples_of(page.read_text("utf-8"))}
    assert {"README.md", "README.zh.md", "commands.md", "campaign-format.md"} <= with_examples


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_with_a_prompt_is_an_example(page: Path) -> None:
    text = page.read_text("utf-8")
    assert _PROMPT.findall(text) == _PROMPT.findall(examples_of(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_example_prints_what_is_shown(page: Path, tmp_path: Path) -> None:
    text = page.read_text("utf-8")
    for name, content in _FILE.findall(text):
        (tmp_path / name).write_text(content, "utf-8")
    shown = examples_of(text)
    assert session(_PROMPT.findall(shown), tmp_path) == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_BLOCK.sub("", page.read_text("utf-8"))):
        if "://" not in link:
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not heading or heading in headings(target), link


def test_each_promise_of_the_store_is_held_by_a_test_that_is_there() -> None:
    files: dict[str, str] = defaultdict(str)
    for path in ROOT.glob("tests/**/*.py"):
        files[path.name] += path.read_text("utf-8")
    promises = (ROOT / "docs" / "storage.md").read_text("utf-8").partition("## What no")[0]
    held = re.findall(r"`(\w+\.py)?(?:::(\w+))?`", promises)
    assert held
    file = ""
    for name, function in held:
        file = name or file
        assert file in files, file
        assert f"def {function}" in files[file], f"{file}::{function}"


def test_what_the_code_cites_is_there() -> None:
    for path in [*ROOT.glob("*.py"), *ROOT.glob("[!.]*/**/*.py")]:
        for name, title in _CITED.findall(path.read_text("utf-8")):
            page = (ROOT / "docs" / name).read_text("utf-8")
            assert re.search(rf"^#+ {re.escape(title)}$", page, re.MULTILINE), f"{path}: {title}"


def headings(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}

"""Workers are made by `@work`: run_worker would leave a coroutine that is cancelled unawaited."""

from __future__ import annotations

import ast
from pathlib import Path

from tests import ROOT


def names_in(path: Path) -> set[str]:
    """The attributes that a module uses."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_no_worker_is_given_a_coroutine() -> None:
    modules = [ROOT / "app.py", *ROOT.glob("screens/**/*.py"), *ROOT.glob("widgets/**/*.py")]
    assert "push_screen" in names_in(ROOT / "app.py")
    assert [path.name for path in modules if "run_worker" in names_in(path)] == []

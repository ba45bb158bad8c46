"""The version of duban."""

from __future__ import annotations

from pathlib import Path


def version() -> str:
    """The installed version, or the one in pyproject.toml if duban is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("duban")
    except PackageNotFoundError:
        return _of_tree(Path(__file__).parents[2] / "pyproject.toml")


def _of_tree(project: Path) -> str:
    import tomllib

    with project.open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])

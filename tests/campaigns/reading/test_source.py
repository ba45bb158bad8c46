"""Names of files are as pathlib writes them, so that digests of definitions stay the same."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.reading.source import folder_of, tidy, within

paths = st.text("ab./", max_size=9)


@given(paths)
@example("//a")
@example("///a")
@example("")
def test_paths_are_tidied_as_pathlib_does(path: str) -> None:
    assert tidy(path) == str(PurePosixPath(path))
    assert folder_of(path) == str(PurePosixPath(path).parent)


@given(paths, st.one_of(paths, st.just("")), st.booleans())
@example("/", "a", True)
@example("//", "a", True)
@example("a", "a", False)
def test_names_are_relative_as_in_pathlib(definition: str, name: str, below: bool) -> None:
    folder = PurePosixPath(definition).parent
    # A roster is a file, so never the folder itself.
    path = str(folder / "x" / name.lstrip("/")) if below else f"{name}/x"
    expected = PurePosixPath(path)
    relative = expected.is_relative_to(folder)
    wanted = str(expected.relative_to(folder)) if relative else path
    assert within(str(folder), path) == wanted

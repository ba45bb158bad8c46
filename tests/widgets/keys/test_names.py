"""What keys are called."""

from __future__ import annotations

import pytest

from i18n.catalogue import open_catalogue
from widgets.keys.names import is_twin, spoken, written


@pytest.mark.parametrize(
    ("key", "words"),
    [("f4", "F4"), ("ctrl+p", "Ctrl+P"), ("shift+f6", "Shift+F6"), ("question_mark", "?"),
     ("comma", ","), ("x", "x"), ("N", "N"), ("space", "Space"), ("ctrl+home", "Ctrl+Home"),
     ("escape", "Esc"), ("shift+tab", "Shift+Tab"), ("pageup", "PgUp"), ("1", "1"), ("f18", "F18")],
)  # fmt: skip
def test_keys_are_written_as_people_do(key: str, words: str) -> None:
    assert written(key) == words


@pytest.mark.parametrize(
    ("key", "english", "chinese"),
    [("space", "Space", "空格"), ("enter", "Enter", "回车"), ("up", "Up arrow", "上方向键"),
     ("f10", "F10", "F10"), ("escape", "Esc", "Esc"), ("shift+f6", "Shift+F6", "Shift+F6")],
)  # fmt: skip
def test_keys_are_said_in_the_language_of_the_reader(key: str, english: str, chinese: str) -> None:
    assert (spoken(key, open_catalogue("en")), spoken(key, open_catalogue("zh"))) == (
        english,
        chinese,
    )


def test_other_forms_of_a_key_are_not_named() -> None:
    twins = ("fullwidth_question_mark", "ideographic_space", "ideographic_full_stop", "１", "f18")
    assert all(map(is_twin, twins))
    assert not any(map(is_twin, ("question_mark", "space", "full_stop", "1", "f1", "f12", "f2")))

"""A reader's own keys in place of those that bindings come with."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from screens.main.keys import MAIN_KEYS
from widgets.keys.keymap import Keys, apply_keys, is_letter, is_text, rebind
from widgets.line_list import LineList


def bound(bindings: list[Binding], key: str) -> list[tuple[str | None, str]]:
    return [(binding.id, binding.action) for binding in bindings if binding.key == key]


def keys_of(bindings: list[Binding], name: str) -> list[str]:
    return [binding.key for binding in bindings if binding.id == name]


def test_without_wishes_every_binding_stays() -> None:
    assert apply_keys(MAIN_KEYS, {}) == list(Binding.make_bindings(MAIN_KEYS))


def test_new_keys_take_the_place_of_the_old_ones() -> None:
    new = apply_keys(MAIN_KEYS, {"main.help": ("f12", "x")})
    assert keys_of(new, "main.help") == ["f12", "x"]
    assert bound(new, "f12") == [("main.help", "help")]
    assert bound(new, "f1") == bound(new, "question_mark") == []


def test_a_new_letter_is_a_shortcut_so_that_it_stays_text() -> None:
    new = apply_keys(MAIN_KEYS, {"main.help": ("f1", "x"), "main.menu": ("enter", "m", "f12")})
    assert bound(new, "x") == [("main.help", "shortcut('help')")]
    assert bound(new, "m") == [("main.menu", "shortcut('open_menu')")]
    assert bound(new, "f12") == [("main.menu", "open_menu")]


def test_a_shortcut_keeps_the_values_of_its_action() -> None:
    new = apply_keys(MAIN_KEYS, {"main.next-overdue": ("f11", "o")})
    assert bound(new, "f11") == [("main.next-overdue", "next_overdue(1)")]
    assert bound(new, "o") == [("main.next-overdue", "shortcut('next_overdue(1)')")]


def test_without_shortcuts_a_letter_has_the_action_itself() -> None:
    new = apply_keys(LineList.BINDINGS, {"list.up": ("up", "w"), "list.first": ("home", "z")})
    assert bound(new, "w") == [("list.up", "move(-1)")]
    assert bound(new, "z") == [("list.first", "end(-1)")]
    assert bound(new, "k") == []


def test_other_actions_on_the_same_key_keep_it_in_their_order() -> None:
    before = bound(list(Binding.make_bindings(MAIN_KEYS)), "enter")
    new = apply_keys(MAIN_KEYS, {"main.menu": ("enter", "f12")})
    assert bound(new, "enter") == before
    assert len(before) == 5


def test_a_key_that_stays_is_bound_as_it_was() -> None:
    new = apply_keys(MAIN_KEYS, {"main.tick": ("space", "ideographic_space", "f12")})
    assert {action for key in ("space", "f12") for _, action in bound(new, key)} == {"tick"}
    old = {binding.key: binding for binding in Binding.make_bindings(MAIN_KEYS)}
    assert next(binding for binding in new if binding.key == "space") == old["space"]


def test_a_key_that_stays_keeps_an_action_of_its_own() -> None:
    table = [
        Binding("enter", "take", "To the units", priority=True, id="a"),
        Binding("left", "go", "To the units", key_display="<", id="a"),
    ]
    new = apply_keys(table, {"a": ("f11", "left", "enter")})
    assert [(b.key, b.action, b.priority, b.key_display) for b in new] == [
        ("f11", "take", True, None),
        ("left", "go", False, "<"),
        ("enter", "take", True, None),
    ]


def test_the_footer_shows_the_first_key_that_is_no_letter() -> None:
    new = apply_keys(MAIN_KEYS, {"main.help": ("x", "ctrl+p", "f12"), "main.read": ("f11",)})
    shown = [(b.id, b.key) for b in new if b.show and b.id in ("main.help", "main.read")]
    assert shown == [("main.help", "ctrl+p")]


@pytest.mark.parametrize(
    ("key", "text", "letter"),
    [
        ("x", True, True), ("N", True, True), ("slash", True, True), ("plus", True, True),
        ("fullwidth_question_mark", True, True), ("1", True, False), ("１", True, False),
        ("space", True, False), ("ideographic_space", True, False), ("f12", False, False),
        ("f", True, True), ("ctrl+p", False, False), ("shift+f6", False, False),
        ("enter", False, False), ("pageup", False, False), ("home", False, False),
    ],
)  # fmt: skip
def test_which_keys_are_text_and_which_an_input_method_takes(
    key: str, text: bool, letter: bool
) -> None:
    assert (is_text(key), is_letter(key)) == (text, letter)


class Desk(Screen[None]):
    """A screen with shortcuts like the main view's, and a line to type in."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "note('help')", "Help", priority=True, id="desk.help"),
        Binding("x", "shortcut(\"note('help')\")", "Help", priority=True, id="desk.help"),
        Binding("enter", "note('menu')", "Menu", priority=True, id="desk.menu"),
        Binding("enter", "note('other')", "Other", priority=True, id="desk.other"),
        Binding("f3", "type", "Type", priority=True, id="desk.type"),
    ]

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        rebind(self, keys)
        self.notes: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "shortcut" or not isinstance(self.focused, Input)

    def action_note(self, what: str) -> None:
        self.notes.append(what)

    async def action_shortcut(self, action: str) -> None:
        await self.run_action(action)

    def action_type(self) -> None:
        self.set_focus(self.query_one(Input))


class Tiny(App[None]):
    """Opens a Desk; F10 notes that it would leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+q", "bell", "Leave", priority=True, id="app.leave")
    ]

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        rebind(self, keys)
        self.desk = Desk(keys)

    def get_default_screen(self) -> Screen[None]:
        return self.desk


async def test_new_keys_act_and_old_ones_do_not() -> None:
    app = Tiny({"desk.help": ("f12", "y")})
    async with app.run_test() as pilot:
        await pilot.press("f1", "x")
        assert app.desk.notes == []
        await pilot.press("f12", "y")
        assert app.desk.notes == ["help", "help"]


async def test_two_actions_may_change_their_keys_with_each_other() -> None:
    app = Tiny({"desk.help": ("f3",), "desk.type": ("f1",)})
    async with app.run_test() as pilot:
        await pilot.press("f3")
        assert app.desk.notes == ["help"]
        await pilot.press("f1")
        assert isinstance(app.focused, Input)


async def test_a_letter_stays_text_where_text_is_typed() -> None:
    app = Tiny({"desk.help": ("f1", "y", "slash", "5")})
    async with app.run_test() as pilot:
        await pilot.press("f3", "y", "slash", "5", "f1")
        assert app.desk.query_one(Input).value == "y/5"
        assert app.desk.notes == ["help"]


async def test_the_other_actions_of_a_shared_key_still_have_it() -> None:
    app = Tiny({"desk.menu": ("f12",)})
    async with app.run_test() as pilot:
        await pilot.press("enter", "f12")
        assert app.desk.notes == ["other", "menu"]


async def test_the_keys_of_one_session_are_not_those_of_another() -> None:
    Tiny({"desk.help": ("f12",)})
    app = Tiny({})
    async with app.run_test() as pilot:
        await pilot.press("f1", "x", "f12")
        assert app.desk.notes == ["help", "help"]

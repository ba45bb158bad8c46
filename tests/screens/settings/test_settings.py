"""The reader's own settings: what counts, what is wrong, and that nothing stops duban."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from textual.binding import Binding, BindingType
from textual.widgets import Input

from app import DubanApp, first_screen
from i18n.catalogue import open_catalogue
from screens.dialogs.help import Help
from screens.main.key_tables import key_tables
from screens.settings.key_choice import FIXED, actions_of
from screens.settings.key_names import key_of
from screens.settings.own import OwnFiles
from screens.settings.settings import Settings
from screens.settings.settings_file import read_settings, settings_file
from tests import ROOT
from tests.screens.sample import opening_at
from widgets.keys.keymap import apply_keys, is_letter

TABLES: Final = key_tables(DubanApp.BINDINGS)
ENGLISH: Final = open_catalogue("en")


def read(folder: Path, text: str | bytes) -> tuple[Settings, list[str]]:
    """The settings in a file with this text, and what is said of it in English."""
    file = folder / "settings.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    settings, problems = read_settings(file, TABLES)
    return settings, [ENGLISH.render(problem) for problem in problems]


# Where the file is.


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/lin"}, "/home/lin/.config/duban/settings.toml"),
        ({"HOME": "/home/lin", "XDG_CONFIG_HOME": "/etc/lin"}, "/etc/lin/duban/settings.toml"),
        ({"XDG_CONFIG_HOME": "/etc/lin"}, "/etc/lin/duban/settings.toml"),
        ({"HOME": "/home/lin", "XDG_CONFIG_HOME": "rel"}, "/home/lin/.config/duban/settings.toml"),
        ({"HOME": "/home/lin", "XDG_CONFIG_HOME": ""}, "/home/lin/.config/duban/settings.toml"),
        ({"HOME": "here"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_the_settings_are(environ: dict[str, str], expected: str | None) -> None:
    found = settings_file(environ)
    assert found == (None if expected is None else Path(expected))


def test_no_file_and_no_home_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (None, tmp_path / "none" / "settings.toml", tmp_path / "file" / "settings.toml"):
        assert read_settings(path, TABLES) == (Settings(), [])


# What counts.


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    text = """
        theme = "light"
        show_tour = false
        [keys]
        "main.help" = ["F12", "x"]
        main.undo = "F11"
        [keys.list]
        up = ["w"]
    """
    settings, problems = read(tmp_path, text)
    assert problems == []
    assert settings.theme == "duban-light"
    assert settings.show_tour is False
    assert settings.keys == {
        "main.help": ("f12", "x"),
        "main.undo": ("f11",),
        "list.up": ("w", "up"),
    }


def test_a_file_of_windows_and_one_that_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufefftheme = 'contrast'\r\nshow_tour = true\r\n") == (
        Settings(theme="duban-contrast"),
        [],
    )
    assert read(tmp_path, "") == (Settings(), [])


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('theme = "duban-light"')
    link = tmp_path / "settings.toml"
    link.symlink_to("own.toml")
    assert read_settings(link, TABLES) == (Settings(theme="duban-light"), [])


def test_a_key_with_a_twin_is_bound_with_it(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, '[keys]\n"main.redo" = ["Shift+F5", "！"]')
    assert problems == []
    assert settings.keys["main.redo"] == (
        "shift+f5", "f17", "exclamation_mark", "fullwidth_exclamation_mark",
    )  # fmt: skip


# What is wrong, and that the rest counts.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 'lihgt'", "settings.toml: theme: “lihgt” is not a theme; there are dark, light, "
         "contrast. Did you mean “light”?"),
        ("theme = 3", "settings.toml: theme: Write a text in quotes."),
        ("show_tour = 'no'", "settings.toml: show_tour: Write true or false."),
        ("show_tour = 0", "settings.toml: show_tour: Write true or false."),
        ("themes = 'light'", "settings.toml: themes: There is no such setting. "
         "Did you mean “theme”?"),
        ("keys = 'F12'", "settings.toml: keys: Write a table: [keys], and below it a line for each "
         "action."),
        ("[keys]\n'main.halp' = 'F12'", "settings.toml: keys.main.halp: There is no such action. "
         "Did you mean “main.help”?"),
        ("[keys]\nmain.help = 4", "settings.toml: keys.main.help: Write a list of keys, each in "
         "quotes: [\"F4\", \"x\"]."),
        ("[keys]\nmain.help = ['F1', 4]", "settings.toml: keys.main.help: Write a list of keys, "
         "each in quotes: [\"F4\", \"x\"]."),
        ("[keys]\nmain.help = ['F1', 'Spac']", "settings.toml: keys.main.help: “Spac” is not a key "
         "that can be used. Did you mean “Space”?"),
        ("[keys]\nmain.help = ['F1', 'Ctrl+I']", "settings.toml: keys.main.help: “Ctrl+I” is not a "
         "key that can be used."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    settings, problems = read(tmp_path, text)
    assert problems == [said]
    assert settings.theme is None
    assert settings.show_tour is True


def test_the_rest_of_a_file_with_mistakes_counts(tmp_path: Path) -> None:
    text = "theme = 'light'\nshow_tour = 3\nfoo = 1\n[keys]\nmain.help = 'F12'\nx.y = 'F5'\n"
    settings, problems = read(tmp_path, text)
    assert settings == Settings(theme="duban-light", keys={"main.help": ("f12",)})
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("theme = \nshow_tour = false", "settings.toml:1:9: This is not TOML"),
        ("theme = 'light'\ntheme = 'dark'", "settings.toml:2:1: This is not TOML"),
        ("theme = 'light'\n[keys\n", "settings.toml:2:6: This is not TOML"),
        ('theme = "', "settings.toml:1:1: This is not TOML"),
    ],
)
def test_what_is_no_toml_is_located(tmp_path: Path, text: str, place: str) -> None:
    settings, problems = read(tmp_path, text)
    assert settings == Settings()
    assert len(problems) == 1
    assert problems[0].startswith(place)


def test_full_width_quotes_are_shown_as_they_should_be(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "theme ＝ “light”")
    assert 'in ASCII it is “theme = "light"”' in problems[0]


def test_a_problem_is_said_in_the_readers_language(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("theme = 'lihgt'")
    _, problems = read_settings(tmp_path / "settings.toml", TABLES)
    assert "是不是“light”？" in open_catalogue("zh").render(problems[0])


@pytest.mark.parametrize(
    "data",
    [
        "theme = '浅色'".encode("gb18030"),
        "theme = 'light'".encode("utf-16"),
        b"\xff\xfe\x00",
        b"theme = '\0'",
        b"a = " + b"[" * 30_000,
        b"a = " + b"9" * 20_000,
        b"[a" + b".b" * 20_000 + b"]",
        b"#" * 70_000,
        b"keys = {main = {help = {x = {y = 'F12'}}}}",
        b'"" = 1',
        b'"\\u001b[31m" = 1',
    ],
    ids=range(11),
)
def test_garbage_is_a_problem_and_no_traceback(tmp_path: Path, data: bytes) -> None:
    settings, problems = read(tmp_path, data)
    assert settings == Settings()
    assert problems
    assert all(problem.startswith("settings.toml:") for problem in problems)
    assert all(problem.isprintable() and len(problem) < 500 for problem in problems)


def test_a_thousand_mistakes_are_not_all_said(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "\n".join(f"x{n} = 1" for n in range(1000)))
    assert len(problems) == 100


def test_a_pipe_a_folder_and_a_device_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "settings.toml"
    os.mkfifo(pipe)
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (pipe, folder, Path("/dev/zero")):
        settings, problems = read_settings(path, TABLES)
        assert settings == Settings()
        assert [ENGLISH.render(problem) for problem in problems] == [
            f"{path.name}: This is not a file. Your settings are not used."
        ]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = 'light'")
    file.chmod(0)
    code = (
        "import os, sys; from pathlib import Path\n"
        "from screens.settings.settings import Settings\n"
        "from screens.settings.settings_file import read_settings\n"
        "os.getuid() or os.setuid(65534)\n"
        "settings, problems = read_settings(Path(sys.argv[1]), [])\n"
        "assert settings == Settings()\n"
        "print(*problems)\n"
    )
    open_to(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == "settings.toml: The file cannot be read: Permission denied.\n"


def open_to(folder: Path) -> None:
    """Let every user come as far as a folder of this test."""
    for place in (folder, *folder.parents[:2]):
        if place.stat().st_uid == os.getuid() and place != Path("/tmp"):
            place.chmod(0o755)


# Which keys an action may have.


def test_an_action_with_letters_alone_keeps_its_other_keys(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "[keys]\nmain.help = ['x', '/']\nmain.filter = 'F11'")
    assert settings.keys["main.help"] == ("x", "slash", "fullwidth_solidus", "f1")
    assert problems == ["settings.toml: keys.main.help: An input method swallows letters, so it "
                        "keeps F1 as well."]  # fmt: skip


@pytest.mark.parametrize("wish", ["[]", "['']", "['Foo']", "['Esc']"])
def test_no_action_is_left_without_a_key(tmp_path: Path, wish: str) -> None:
    settings, problems = read(tmp_path, f"[keys]\nmain.undo = {wish}")
    assert settings.keys.get("main.undo", ("f8",)) == ("f8",)
    assert problems


def test_digits_and_space_are_no_letters(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "[keys]\nmain.undo = ['9']\nmain.tick = ['F12']")
    assert problems == []
    assert settings.keys == {"main.undo": ("9", "９"), "main.tick": ("f12",)}


@pytest.mark.parametrize("key", ["Esc", "Enter", "Up", "Down", "Left", "Right", "F10"])
def test_fixed_keys_cannot_be_taken(tmp_path: Path, key: str) -> None:
    settings, problems = read(tmp_path, f"[keys]\nmain.undo = ['F8', '{key}']")
    assert settings.keys == {"main.undo": ("f8",)}
    assert len(problems) == 1
    assert "keeps its meaning" in problems[0]


def test_fixed_keys_stay_where_they_are(tmp_path: Path) -> None:
    text = "[keys]\napp.leave = 'Delete'\nmain.back = 'F12'\nmain.menu = 'm'\nlist.down = 'x'"
    settings, problems = read(tmp_path, text)
    assert problems == []
    assert settings.keys == {
        "app.leave": ("delete", "f10"),
        "main.back": ("f12", "escape"),
        "main.menu": ("m", "enter"),
        "list.down": ("x", "down"),
    }


def test_a_key_of_another_action_is_refused(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "[keys]\nmain.help = ['F3', 'F12']")
    assert settings.keys == {"main.help": ("f12",)}
    assert problems == ["settings.toml: keys.main.help: “F3” is the key of main.filter already; "
                        "give that one another first."]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("main.undo = ['F8', '?', 'Shift+F6']", ["“?” is", "“Shift+F6” is"]),
        ("main.tick = ['x']", ["it keeps Space as well."]),
    ],
)
def test_a_key_is_named_once_whatever_its_twins(tmp_path: Path, line: str, said: list[str]) -> None:
    _, problems = read(tmp_path, f"[keys]\n{line}")
    assert len(problems) == len(said)
    assert all(words in problem for words, problem in zip(said, problems, strict=True))


def test_a_key_wished_for_twice_goes_to_the_first(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "[keys]\nmain.help = 'F12'\nmain.undo = ['F12', 'z']")
    assert settings.keys == {"main.help": ("f12",), "main.undo": ("z", "f8")}
    assert len(problems) == 2


def test_keys_may_change_places_and_go_to_whoever_is_free_of_them(tmp_path: Path) -> None:
    text = "[keys]\nmain.help = 'F3'\nmain.filter = 'F1'\nmain.undo = 'F11'\nmain.redo = 'F8'"
    settings, problems = read(tmp_path, text)
    assert problems == []
    assert settings.keys == {
        "main.help": ("f3",),
        "main.filter": ("f1",),
        "main.undo": ("f11",),
        "main.redo": ("f8",),
    }


def test_a_key_that_its_owner_has_to_keep_is_not_given_away(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "[keys]\nmain.help = 'F3'\nmain.filter = 'z'")
    assert settings.keys == {"main.help": ("f1",), "main.filter": ("z", "f3")}
    assert len(problems) == 3


def test_screens_that_are_never_open_together_may_share_a_key(tmp_path: Path) -> None:
    one: list[BindingType] = [Binding("insert", "a", "A", id="one.a")]
    two: list[BindingType] = [Binding("insert", "b", "B", id="two.b")]
    file = tmp_path / "settings.toml"
    file.write_text("[keys]\none.a = 'F12'\ntwo.b = 'F12'")
    assert read_settings(file, [one, two])[1] == []
    assert len(read_settings(file, [[*one, *two]])[1]) == 2


def test_hidden_bindings_cannot_be_moved(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "[keys]\nmenu.1 = 'F12'\napp.interrupt = 'F5'")
    assert len(problems) == 2


def test_whatever_is_wished_every_action_can_be_reached_without_letters(tmp_path: Path) -> None:
    known = actions_of(TABLES)
    for wish in ("['x']", "[]", "['F3', 'y']", "['Space']", "['F10', '?']"):
        text = "[keys]\n" + "\n".join(f"{name} = {wish}" for name in known)
        settings, _ = read(tmp_path, text)
        for table in TABLES:
            bindings = apply_keys(table, settings.keys)
            for name in {b.id for b in bindings if b.description and not b.system}:
                keys = [b.key for b in bindings if b.id == name]
                assert not all(map(is_letter, keys)), (wish, name)
            fixed = FIXED & {b.key for b in Binding.make_bindings(table)}
            assert fixed <= {b.key for b in bindings}


def test_the_page_names_every_action_with_its_keys() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| .* \| (.+) \|$", page, re.MULTILINE)
    said = {name: [key_of(key) for key in re.findall("`([^`]+)`", keys)] for name, keys in rows}
    twins = re.compile(r"fullwidth_.*|ideographic_.*|[０-９]|f1[3-9]|f2\d")
    known = {
        name: [key for key in keys if not twins.fullmatch(key)]
        for name, keys in actions_of(TABLES).items()
    }
    assert said == known


# In the interface.


async def test_keys_of_the_settings_act_in_the_main_view(tmp_path: Path) -> None:
    settings, _ = read(tmp_path, "[keys]\nmain.help = ['F12', 'x']\nmain.filter = ['F1', '！']")
    own = OwnFiles(settings)
    main = first_screen(opening := opening_at(tmp_path), own)
    app = DubanApp(opening, own, main)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "question_mark", "slash")
        assert app.screen is main
        await pilot.press("x")
        assert isinstance(app.screen, Help)
        await pilot.press("escape", "fullwidth_exclamation_mark", "x")
        assert main.query_one(Input).value == "x"
        await pilot.press("f12")
        assert isinstance(app.screen, Help)

"""The Chinese catalogue is complete, says the same values, and is compiled."""

from __future__ import annotations

import ast
import io
import re
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from i18n.catalogue import choose_language, language_of, open_catalogue
from i18n.messages import msg
from tests import ROOT

CATALOGUE: Final = ROOT / "i18n" / "locales" / "zh" / "LC_MESSAGES" / "duban.po"
KEYWORDS: Final = {"msg": None, "tr": None, "deferred": None, "count": (1, 2)}
ROOMS: Final = ("campaigns", "commands", "reports", "screens", "storage", "widgets")
PLACE: Final = re.compile(r"\{(\w+)[^}]*\}|%\((\w+)\)[sr]|%[sr]")


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def source_texts() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for room in ROOMS:
        for _file, _line, text, _comments, _context in extract_from_dir(
            ROOT / room, keywords=KEYWORDS, method_map=[("**.py", "python")]
        ):
            found.add(text)
    for module in ("app", "cli"):
        with (ROOT / f"{module}.py").open("rb") as file:
            found |= {text for _line, text, _c, _x in extract("python", file, keywords=KEYWORDS)}
    return found


def test_no_text_hides_in_an_f_string() -> None:
    """What stands there is never found for the catalogue, before Python 3.12."""
    hidden = []
    modules = [ROOT / "app.py", ROOT / "cli.py"]
    for file in [*modules, *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]:
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(text, ast.JoinedStr):
                hidden += [f"{file.name}:{text.lineno}" for call in ast.walk(text) if says(call)]
    assert hidden == []


def says(node: ast.AST) -> bool:
    """Whether something is said here through the catalogue, as `tr("…")`."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in KEYWORDS and any(
        isinstance(given, ast.Constant) and isinstance(given.value, str) for given in node.args[:1]
    )


def forms(text: object) -> tuple[str, ...]:
    """A text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_every_text_of_the_source_is_in_the_catalogue() -> None:
    known = {message.id for message in catalogue()}
    assert source_texts() - known == set()


def test_every_text_is_said_in_chinese() -> None:
    unsaid = [
        message.id
        for message in catalogue()
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    assert unsaid == []


def test_both_languages_name_the_same_values() -> None:
    differing = []
    for message in catalogue():
        if not message.id:
            continue
        if set(PLACE.findall(forms(message.id)[-1])) != set(
            PLACE.findall(forms(message.string)[0])
        ):
            differing.append(message.id)
    assert differing == []


def test_the_compiled_catalogue_is_the_one_of_the_source() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    stored = CATALOGUE.with_suffix(".mo").read_bytes()
    assert stored == compiled.getvalue(), "run `make catalogues`"


def test_chinese_texts_have_no_glyph_that_terminals_draw_double() -> None:
    avoided = set("●○■★·×→")
    assert [m.id for m in catalogue() if avoided & set("".join(forms(m.string)))] == []


def test_a_message_is_said_with_its_values_in_the_same_language() -> None:
    inner = msg("not started")
    outer = msg("{place}: {message}", place="a.yaml:1:2", message=inner)
    assert open_catalogue("zh").render(outer) == "a.yaml:1:2: 未开始"
    assert open_catalogue("en").render(outer) == "a.yaml:1:2: not started"


def test_a_text_without_values_keeps_its_braces() -> None:
    assert open_catalogue("en")("{as it is}") == "{as it is}"


def test_values_with_braces_are_not_read_as_places() -> None:
    said = open_catalogue("zh").render(msg("note: {note}", note="{state}"))
    assert said == "备注：{state}"


@pytest.mark.parametrize(
    ("asked", "environ", "campaign", "language"),
    [
        ("en", {"DUBAN_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "zh-CN", "en"),
        (None, {"DUBAN_LANG": "zh", "LANG": "en_US.UTF-8"}, "en", "zh"),
        (None, {"LANG": "zh_CN.GBK"}, "en", "zh"),
        (None, {"LC_ALL": "en_GB", "LANG": "zh_CN.UTF-8"}, "zh-CN", "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "en", "zh"),
        (None, {"LANG": "C.UTF-8"}, "zh-CN", "zh"),
        (None, {"LANG": "POSIX"}, "en", "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "zh-CN", "zh"),
        (None, {}, "fr", "en"),
        (None, {}, None, "en"),
    ],
)
def test_language_is_asked_then_environment_then_locale_then_campaign(
    asked: str | None, environ: dict[str, str], campaign: str | None, language: str
) -> None:
    assert choose_language(asked, environ, campaign) == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh-CN", "zh"), ("zh_TW.Big5", "zh"), ("EN", "en"), ("zhx", None), ("", None)],
)
def test_language_of_a_tag(tag: str, language: str | None) -> None:
    assert language_of(tag) == language

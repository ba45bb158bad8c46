"""The reader of compiled catalogues, held against the standard one."""

from __future__ import annotations

import gettext
import struct
from pathlib import Path

import pytest

import i18n
from i18n.mo_file import Catalogue, Texts

FILE = Path(i18n.__path__[0]) / "locales" / "zh" / "LC_MESSAGES" / "duban.mo"


def catalogue_of(texts: dict[str, str], order: str) -> bytes:
    """A catalogue in either order of bytes."""
    pairs = sorted((key.encode(), said.encode()) for key, said in texts.items())
    start = 28 + 16 * len(pairs)
    tables: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    strings = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column].append((len(pair[column]), start + len(strings)))
            strings += pair[column] + b"\0"
    numbers = [0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0]
    numbers += [number for table in tables for entry in table for number in entry]
    return struct.pack(f"{order}{len(numbers)}I", *numbers) + strings


def test_every_text_is_said_as_the_standard_reader_says_it() -> None:
    with FILE.open("rb") as file:
        standard = gettext.GNUTranslations(file)
    ours = Catalogue(FILE.read_bytes())
    known: dict[object, str] = vars(standard)["_catalog"]
    singular = [key for key in known if isinstance(key, str) and key]
    assert len(singular) > 100
    assert {key: ours.gettext(key) for key in singular} == {key: known[key] for key in singular}


@pytest.mark.parametrize("order", ["<", ">"])
def test_numbers_have_one_form_in_chinese(order: str) -> None:
    ours = Catalogue(catalogue_of({"a": "甲", "{n} unit\0{n} units": "{n} 个", "z": "末"}, order))
    assert {ours.ngettext("{n} unit", "{n} units", n) for n in (0, 1, 2)} == {"{n} 个"}
    assert (ours.gettext("a"), ours.gettext("z")) == ("甲", "末")


def test_what_it_has_not_is_said_in_english() -> None:
    ours = Catalogue(catalogue_of({"a": "甲"}, "<"))
    assert ours.gettext("b") == "b"
    assert [ours.ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]
    assert [Texts().ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        Catalogue(b"msgid")

"""Which campaign, and which data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.errors import UsageError
from commands.locate import bundled, bundled_ids, campaign_file, data_folder
from tests.commands.conftest import Duban


def test_the_default_is_the_bundled_safety_month(tmp_path: Path) -> None:
    file = campaign_file(None, {}, tmp_path)
    assert file == bundled("safety-month-2022")
    assert file.is_file()
    assert campaign_file(None, {"DUBAN_CAMPAIGN": ""}, tmp_path) == file


def test_an_option_goes_before_the_environment(tmp_path: Path) -> None:
    environ = {"DUBAN_CAMPAIGN": "one.yaml", "DUBAN_DATA": "one"}
    assert campaign_file("two.yaml", environ, tmp_path) == Path("two.yaml")
    assert campaign_file(None, environ, tmp_path) == Path("one.yaml")
    assert data_folder("two", environ) == Path("two")
    assert data_folder(None, environ) == Path("one")


def test_what_looks_like_a_file_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").touch()
    for text in ("x.yaml", "x.yml", "./x", "a/b", "plain"):
        assert campaign_file(text, {}, tmp_path) == Path(text)


def test_an_unknown_id_lists_the_known_ones(tmp_path: Path) -> None:
    for text in ("nothing", "..", ""):
        with pytest.raises(UsageError) as refused:
            campaign_file(text, {}, tmp_path)
        if text:
            assert all(known in str(refused.value) for known in bundled_ids())


def test_the_data_folder_follows_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path / ".local" / "share" / "duban"
    assert data_folder(None, {}) == home
    assert data_folder(None, {"XDG_DATA_HOME": ""}) == home
    assert data_folder(None, {"XDG_DATA_HOME": "relative"}) == home
    assert data_folder(None, {"XDG_DATA_HOME": "/x"}) == Path("/x/duban")


def test_a_missing_file(duban: Duban) -> None:
    assert duban("-c", "missing.yaml", "status").code == 2
    assert duban("-c", "nothing", "status").code == 2
    assert duban("-d", "", "status").code == 2


def test_every_bundled_campaign_opens_by_its_id(duban: Duban) -> None:
    for name in bundled_ids():
        status = duban("-c", name, "status", "--format", "json").json
        assert status["campaign"] == name


def test_a_campaign_that_was_used_opens_by_its_id(duban: Duban, tmp_path: Path) -> None:
    assert duban("-c", "small", "status").code == 2
    duban("mark", "ycc/plan", "done")
    (tmp_path / "small.yaml").unlink()
    result = duban("-c", "small", "status", "--format", "json")
    assert result.item("ycc/plan")["state"] == "done"
    duban("-c", "small", "mark", "ycc/plan", "verified")
    assert len(list((tmp_path / "data" / "small" / "definition").iterdir())) == 1

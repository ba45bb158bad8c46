"""Which campaign, and which data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.errors import UsageError
from commands.lookup.paths import (
    bundled_ids,
    campaign_name,
    data_folder,
    definition,
)
from storage.paths import definition_file
from tests.commands.conftest import Duban


def test_the_default_is_the_bundled_safety_month() -> None:
    assert campaign_name(None, {}) == "safety-month-2022"
    assert campaign_name(None, {"DUBAN_CAMPAIGN": ""}) == "safety-month-2022"
    file = definition_file("safety-month-2022")
    assert file is not None
    assert Path(file).is_file()


def test_an_option_goes_before_the_environment() -> None:
    environ = {"DUBAN_CAMPAIGN": "one.yaml", "DUBAN_DATA": "one"}
    assert campaign_name("two.yaml", environ) == "two.yaml"
    assert campaign_name(None, environ) == "one.yaml"
    assert data_folder("two", environ) == "two"
    assert data_folder(None, environ) == "one"


def test_what_looks_like_a_file_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").touch()
    for text in ("x.yaml", "x.yml", "./x", "a/b", "plain"):
        assert definition_file(text) == text


@pytest.mark.parametrize("name", ["nothing", "..", ".", "-", "safety-month-2022.yam", "x" * 300])
def test_an_unknown_id_lists_the_known_ones(tmp_path: Path, name: str) -> None:
    (tmp_path / "used" / "definition").mkdir(parents=True)
    (tmp_path / "used" / "definition" / "0001-.json").touch()
    (tmp_path / "empty" / "definition").mkdir(parents=True)
    with pytest.raises(UsageError) as refused:
        definition(name, {}, str(tmp_path))
    assert all(known in str(refused.value) for known in [*bundled_ids(), "used"])
    assert "empty" not in str(refused.value)


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(UsageError):
        campaign_name("", {})


def test_the_data_folder_follows_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    home = str(tmp_path / ".local" / "share" / "duban")
    assert data_folder(None, {}) == home
    assert data_folder(None, {"XDG_DATA_HOME": ""}) == home
    assert data_folder(None, {"XDG_DATA_HOME": "relative"}) == home
    assert data_folder(None, {"XDG_DATA_HOME": "/x"}) == "/x/duban"


def test_a_relative_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "relhome")
    for environ in ({}, {"XDG_DATA_HOME": "relative"}):
        with pytest.raises(UsageError):
            data_folder(None, environ)
    assert data_folder(None, {"XDG_DATA_HOME": "/x"}) == "/x/duban"


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

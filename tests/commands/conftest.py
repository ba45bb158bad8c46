"""A small campaign in a folder of its own, and `duban` run on it in this process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from cli import main

DEFINITION = """\
format: 1
id: small
title: 小活动
issued: 2022-05-30
period: {from: 2022-06-01, to: 2022-06-30}
unit_kinds:
  village: {name: 村}
  enterprise: {name: 企业}
  coal: {name: 煤矿, parent: enterprise}
units:
  - {id: ycc, name: 荫城村, kind: village, tags: [集镇], liaison: {name: 张某}}
  - {id: ycd, name: 荫城东村, kind: village}
  - {id: mine, name: 一号煤矿, kind: coal}
metrics:
  sessions: {name: 场次, unit: 场}
  people: {name: 参与人数, unit: 人次}
sections:
  - id: reports
    title: 报送要求
    label: 四
    activities:
      - {id: plan, title: 活动方案, for: village, due: 2022-05-31}
      - id: weekly
        title: 周报
        for: village
        nil_ok: true
        metrics: [sessions, people]
        due: {every: week, on: wed, at: 18:00}
      - {id: summary, title: 工作总结, for: [village, enterprise], due: 2022-07-04}
  - id: work
    title: 八大活动
    activities:
      - {id: big-1, title: 大宣传, for: village, due: {day: 2022-06-16}}
      - {id: big-2, title: 大宣传, for: village, due: 2022-06-30}
      - {id: news, title: 活动信息, level: optional, due: 2022-06-03}
      - {id: mechanism, title: 长效机制, for: enterprise}
"""
"""On 2022-06-09 12:00 a village owes 10 items, of which plan and two weeklies are past."""

NOW = "2022-06-09T12:00"


class Result(Struct, frozen=True, dict=True):
    """What one run gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def item(self, key: str) -> Any:
        """One item of `status --format json`."""
        items = {item["item"]: item for unit in self.json["units"] for item in unit["items"]}
        return items[key]


Duban = Callable[..., Result]


def clean_environment(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a run: nothing of the login's own, data in `tmp_path`."""
    kept = {name: environ[name] for name in ("PATH", "HOME") if name in environ}
    return kept | {
        "DUBAN_CAMPAIGN": str(tmp_path / "small.yaml"),
        "DUBAN_DATA": str(tmp_path / "data"),
        "DUBAN_NOW": NOW,
        "DUBAN_LANG": "en",
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "XDG_DATA_HOME": str(tmp_path / "xdg"),
    }


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a run on the small campaign, for runs in other processes."""
    (tmp_path / "small.yaml").write_text(DEFINITION, encoding="utf-8")
    return clean_environment(dict(os.environ), tmp_path)


@pytest.fixture
def duban(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Duban:
    """Run `duban` with these arguments; keyword arguments are variables of the environment."""
    for name in os.environ:
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, **variables: str) -> Result:
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = main(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run

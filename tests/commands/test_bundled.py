"""What is overdue when nothing was handed in (docs/terms.md, "The safety month of 2022")."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Duban


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        ("2022-05-31T23:59:59", 0),
        ("2022-06-01T00:00:00", 2),
        ("2022-06-01T18:00:01", 3),
        ("2022-06-15T18:00:00", 4),
        ("2022-06-15T18:00:01", 5),
        ("2022-06-29T18:00:01", 7),
        ("2022-07-05T00:00:00", 8),
    ],
)
def test_overdue_reports_of_every_village_and_station(duban: Duban, now: str, overdue: int) -> None:
    result = duban(
        "-c", "safety-month-2022", "--now", now, "status", "--format", "json",
        "--section", "reports",
    )  # fmt: skip
    owing = [u for u in result.json["units"] if u["kind"] in ("village", "station")]
    assert len(owing) > 20
    assert {unit["totals"]["overdue"] for unit in owing} == {overdue}
    assert {unit["totals"]["required"] for unit in owing} == {8}
    assert result.code == (1 if overdue else 0)


def test_the_default_campaign_is_the_safety_month_with_its_sample_units(duban: Duban) -> None:
    status = duban("status", "--format", "json", DUBAN_CAMPAIGN="").json
    assert status["campaign"] == "safety-month-2022"
    assert "荫城村" in {unit["name"] for unit in status["units"]}

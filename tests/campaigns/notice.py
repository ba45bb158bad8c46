"""The obligations of the bundled notice, written down apart from its YAML.

Who: V village · D station · P branch, which is the village's own · E enterprise ·
M mass organisation · T town government and the office at station-anjian. Left of an
arrow are those who push, and owe.
"""

from __future__ import annotations

from typing import Final

ROWS: Final = {
    "a1.1": ("PVD", "month"),
    "a1.2": ("PVD", "month"),
    "a1.3": ("VDE", "month"),
    "a2.1": ("PVT", "month"),
    "a2.2": ("E", "month"),
    "a2.3": ("E", "month"),
    "a2.4": ("PVE", "month"),
    "a2.5": ("VD", "undated"),
    "b1.1": ("VDE", "month"),
    "b1.2": ("VDE", "month"),
    "b1.3": ("VDT", "month"),
    "b1.4": ("TD", "month"),
    "b1.5": ("VDE", "month"),
    "b1.6": ("E", "month"),
    "b2.1": ("VDE", "month"),
    "b2.2": ("E", "month"),
    "b2.3": ("VD", "month"),
    "b2.4": ("E", "per hazard"),
    "b2.5": ("TDE", "undated"),
    "c1.1": ("VD", "06-16"),
    "c1.2": ("VD", "before 06-16"),
    "c1.3": ("VD", "month"),
    "c2.1": ("VD", "month"),
    "c2.2": ("VD", "at once"),
    "c2.3": ("VDT", "month"),
    "c2.4": ("VDT", "month"),
    "c3.1": ("VDE", "month"),
    "c3.2": ("TD", "month"),
    "c4.1": ("TD", "month"),
    "c5.1": ("VDE", "month"),
    "c5.2": ("VDE", "month"),
    "c5.3": ("E", "month"),
    "c6.1": ("TDE", "month"),
    "c6.2": ("E", "shift, week, dekad, quarter"),
    "c7.1": ("TD", "month"),
    "c8.1": ("TDV", "month"),
    "c8.2": ("M", "month"),
    "c8.3": ("TD", "month"),
    "c8.4": ("VD", "month"),
    "c8.5": ("VD", "undated"),
    "g1": ("VD", "undated"),
    "g2": ("VD", "undated"),
    "g3": ("VD", "undated"),
    "g4.1": ("VD", "at once"),
    "g4.3": ("VD", "at once"),
    "g4.4": ("VD", "month"),
}
"""Who owes each row and when. An activity's id is its row's, a hyphen and some words."""

REPORTS: Final = {
    "R1": "liaison-form",
    "R2": "work-plan",
    "R3": "weekly-report",
    "R4": "news",
    "R5": "highlights",
    "R6": "summary-report",
}

SUBMISSIONS: Final = [
    ("liaison-form", "2022-05-31T23:59:59+08:00"),
    ("work-plan", "2022-05-31T23:59:59+08:00"),
    ("weekly-report@2022-06-01", "2022-06-01T18:00:00+08:00"),
    ("weekly-report@2022-06-08", "2022-06-08T18:00:00+08:00"),
    ("weekly-report@2022-06-15", "2022-06-15T18:00:00+08:00"),
    ("weekly-report@2022-06-22", "2022-06-22T18:00:00+08:00"),
    ("weekly-report@2022-06-29", "2022-06-29T18:00:00+08:00"),
    ("summary-report", "2022-07-04T23:59:59+08:00"),
]
"""The eight dated submissions of every village and station."""

OVERDUE: Final = [
    ("2022-05-31T23:59:59+08:00", 0),
    ("2022-06-01T00:00:00+08:00", 2),
    ("2022-06-01T18:00:01+08:00", 3),
    ("2022-06-15T18:00:00+08:00", 4),
    ("2022-06-15T18:00:01+08:00", 5),
    ("2022-06-29T18:00:01+08:00", 7),
    ("2022-07-05T00:00:00+08:00", 8),
]
"""How many of those are overdue, nothing submitted."""

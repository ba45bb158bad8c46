"""The names of the fields that scripts read. Fields are added, never removed."""

from __future__ import annotations

TOTALS = (
    "items", "required", "todo", "doing", "done", "verified", "returned", "waived",
    "nil", "on_time", "late", "overdue", "due_soon", "percent",
)  # fmt: skip
"""The fields of totals, in order."""

ITEM_FIELDS = (
    "item", "activity", "occurrence", "title", "section", "level", "opens", "due", "state",
    "timing", "received_at", "recorded_at", "recorded_by", "late_by", "overdue_by",
    "nil_report", "note", "metrics", "evidence", "rev", "judged_due",
)  # fmt: skip
"""The fields of an item, in order."""

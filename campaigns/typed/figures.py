"""Reads the figures of an item as officers type them, and warns of unlikely ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from campaigns.definition import Campaign, Metric
from campaigns.entries import Number
from campaigns.full_width import ascii_twins
from campaigns.scalars import parse_figure
from campaigns.standing.board import Line
from i18n.messages import Message, msg

MOST_DIGITS: Final = 15
"""The most digits of a figure, before and after the decimal point together."""

_MYRIAD: Final = 10_000
_WITH_COMMAS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class FigureField(Struct, frozen=True):
    """One figure of a form, with the recorded value and the target."""

    metric: Metric
    recorded: Number | None = None
    target: Number | None = None


class FigureAnswer(Struct, frozen=True):
    """The answer to a field: its value, or a problem, or a value with a warning.

    A field that is left empty has neither a value nor a problem.
    """

    value: Number | None = None
    problem: Message | None = None
    warning: Message | None = None


def figure_fields(campaign: Campaign, line: Line) -> tuple[FigureField, ...]:
    """The figures that the activity of an item asks for, in the order of the file."""
    activity, entry = line.item.activity, line.entry
    return tuple(
        FigureField(
            metric=campaign.metrics[metric],
            recorded=entry.metrics.get(metric),
            target=activity.target.get(metric),
        )
        for metric in activity.metrics
    )


def read_figure(text: str) -> Number | None:
    """The number that an officer typed, None if it is not valid.

    It must not be negative or have more than MOST_DIGITS digits. Full-width characters count
    as ASCII, thousands may be separated by commas (`1,200`), and `1.5万` is 15000.
    """
    plain = _without_commas(ascii_twins(text).strip())
    if plain.endswith("万"):
        plain = _myriads(_without_commas(plain.removesuffix("万").rstrip()))
    if plain.startswith("-") or sum(map(str.isdigit, plain)) > MOST_DIGITS:
        return None
    return parse_figure(plain)


def figure_text(value: Number) -> str:
    """A figure in plain digits, as it is typed: `12`, `1.5`, never `1e-05`."""
    return _in_plain_digits(Decimal(repr(value)))


def answer_to(field: FigureField, text: str) -> FigureAnswer:
    """The answer that a text is. A figure below its target gets a warning, but is not refused."""
    if not text.strip():
        return FigureAnswer(warning=_kept(field))
    value = read_figure(text)
    if value is None:
        return FigureAnswer(
            problem=msg(
                "Not a figure. Write a number from 0 on, like {whole} or {decimal}.",
                whole="12",
                decimal="3.5",
            )
        )
    return FigureAnswer(value, warning=_below_target(field, value))


def new_figures(
    fields: Sequence[FigureField], answers: Sequence[FigureAnswer]
) -> Mapping[str, Number]:
    """The figures that differ from the recorded ones, by the id of the metric.

    `answers` are in the order of `fields`.
    """
    return {
        field.metric.id: answer.value
        for field, answer in zip(fields, answers, strict=True)
        if answer.value is not None and answer.value != field.recorded
    }


def _without_commas(text: str) -> str:
    return text.replace(",", "") if _WITH_COMMAS.fullmatch(text) else text


def _myriads(count: str) -> str:
    """A number of 万 in plain digits; an invalid number stays as it is."""
    return count if parse_figure(count) is None else _in_plain_digits(_MYRIAD * Decimal(count))


def _in_plain_digits(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kept(field: FigureField) -> Message | None:
    """A recorded figure cannot be removed by emptying its field, only replaced."""
    if field.recorded is None:
        return None
    return msg("left empty: stays {value}", value=figure_text(field.recorded))


def _below_target(field: FigureField, value: Number) -> Message | None:
    if field.target is None or value >= field.target:
        return None
    return msg(
        "target {target}, now {value}", target=figure_text(field.target), value=figure_text(value)
    )

"""The words for an entry: its state, who recorded it, when it came in, its figures and note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from campaigns.entries import Entry, Number
from campaigns.standing.board import Line
from campaigns.terms import state_name, state_words
from campaigns.timing import earlier_deadline
from i18n.catalogue import Translator
from i18n.messages import Message, msg

Instant = Callable[[datetime], str]
"""Writes an instant."""

Figure = Callable[[str, Number], str]
"""Writes a figure, given by its id."""


def bare_figure(name: str, value: Number) -> str:
    """A figure by its id, as `duban mark --metric` takes it: `people=12`."""
    return f"{name}={value}"


def entry_parts(
    line: Line,
    tr: Translator,
    *,
    figure: Figure,
    moment: Instant,
    deadline: Instant,
    with_who: bool = False,
) -> list[str]:
    """The parts of an entry: state, receipt, figures, note.

    With the deadline it was judged by, if that has moved since, and if `with_who` with who
    recorded it when.
    """
    entry = line.entry
    parts = [tr.render(state_words(entry.state, nil_report=entry.nil_report))]
    if entry.received_at is not None:
        parts.append(tr("received {time}", time=moment(entry.received_at)))
    earlier = earlier_deadline(line.item, entry)
    if earlier is not None:
        parts.append(tr("judged by the deadline {time} then in force", time=deadline(earlier)))
    if with_who and entry.recorded_at is not None:
        when = moment(entry.recorded_at)
        parts.append(tr("recorded {time} by {who}", time=when, who=entry.recorded_by))
    parts += [figure(name, value) for name, value in entry.metrics.items()]
    if entry.note:
        parts.append(tr("note: {note}", note=entry.note))
    return parts


def described(entry: Entry, moment: Instant) -> Message:
    """An entry in one sentence: `submitted by wang, 2022-06-08T12:00:00+08:00, nil report`."""
    if entry.recorded_at is None:
        return state_name(entry.state)
    text = msg(
        "{state} by {who}, {when}",
        state=state_name(entry.state),
        who=entry.recorded_by,
        when=moment(entry.recorded_at),
    )
    return with_details(text, _details(entry, moment), entry.note)


def valued(entry: Entry, figure: Figure, moment: Instant) -> Message:
    """An entry by its value, who recorded it and when: `in progress (wang, 06-08 12:00)`."""
    figures = (figure(name, value) for name, value in entry.metrics.items())
    state = state_words(entry.state, nil_report=entry.nil_report)
    value = with_details(state, figures, entry.note)
    if entry.recorded_at is None:
        return value
    when = moment(entry.recorded_at)
    return msg("{value} ({who}, {time})", value=value, who=entry.recorded_by, time=when)


def with_details(text: Message, details: Iterable[Message | str], note: str) -> Message:
    """A text, then details and a note: `submitted, 12 people, “by phone”`."""
    for detail in details:
        text = msg("{value}, {detail}", value=text, detail=detail)
    return msg("{value}, “{note}”", value=text, note=note) if note else text


def _details(entry: Entry, moment: Instant) -> Iterator[Message | str]:
    if entry.nil_report:
        yield msg("nil report")
    received = entry.received_at
    if received is not None and received != entry.recorded_at:
        yield msg("received {time}", time=moment(received))
    yield from (bare_figure(name, value) for name, value in entry.metrics.items())

"""`duban mark`: record a change of one item."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Final

from campaigns.definition import Activity, Campaign
from campaigns.entries import Change, Number, State
from campaigns.errors import UsageError
from campaigns.items import Item
from campaigns.scalars import parse_figure
from campaigns.terms import state_name
from commands.lookup.context import Context, open_context
from commands.lookup.item import checked_text, operation_id, record, unit_and_item
from commands.lookup.moments import read_moment
from commands.lookup.names import normal
from commands.output.console import Console
from i18n.messages import msg

_STATES: Final = {
    **{state.value: state for state in State},
    **{str(state_name(state)): state for state in State},
    "未开始": State.TODO,
    "进行中": State.DOING,
    "已报送": State.DONE,
    "已核验": State.VERIFIED,
    "退回": State.RETURNED,
    "不适用": State.WAIVED,
}


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Apply the change and print the new entry.

    Raises UsageError for invalid details, Conflict if the item is in another state than
    expected or may not go to the new one.
    """
    context = open_context(options, environ, console)
    state = _state(options.state)
    unit, item = unit_and_item(context, options.item)
    change = _change(options, context, item, state)
    record(options, context, item, lambda: context.desk.apply(unit, [change])[0])
    return 0


def _change(options: Namespace, context: Context, item: Item, state: State) -> Change:
    activity = item.activity
    if options.nil and not activity.nil_ok:
        raise UsageError(msg("“{activity}” does not accept a nil report.", activity=activity.title))
    received = options.received_at
    return Change(
        item=item.key,
        op=operation_id(options.op),
        state=state,
        received_at=None if received is None else read_moment(received, context.desk.zone),
        note=checked_text(options.note),
        metrics=_metrics(options.metric, activity, context.desk.campaign),
        nil_report=options.nil,
        due=item.occurrence.due,
        expected_rev=options.rev,
    )


def _state(text: str) -> State:
    """The state with this value, or name in English or Chinese. Raises UsageError."""
    state = _STATES.get(normal(text))
    if state is None:
        raise UsageError(
            msg(
                "There is no state “{text}”. There are: {known}.", text=text, known=", ".join(State)
            )
        )
    return state


def _metrics(texts: list[str], activity: Activity, campaign: Campaign) -> dict[str, Number]:
    """The figures given as NAME=NUMBER, by the id or name of one of the activity's metrics."""
    known = {name: metric for metric in activity.metrics
           for name in (campaign.metrics[metric].name, metric)}  # fmt: skip
    figures: dict[str, Number] = {}
    for text in texts:
        name, _, number = text.partition("=")
        metric = known.get(normal(name))
        if metric is None:
            has = ", ".join(f"{own} ({campaign.metrics[own].name})" for own in activity.metrics)
            raise UsageError(
                msg(
                    "“{activity}” has no figure “{name}”. It has: {known}.",
                    activity=activity.title,
                    name=name,
                    known=has or "-",
                )
            )
        if metric in figures:
            raise UsageError(msg("The figure “{name}” is given twice. Give it once.", name=name))
        figures[metric] = _number(name, number)
    return figures


def _number(name: str, text: str) -> Number:
    value = parse_figure(text)
    if value is None:
        raise UsageError(
            msg(
                "“{text}” is not a figure for {name}. Write it like {name}=12 or {name}=3.5.",
                name=name,
                text=text,
            )
        )
    return value

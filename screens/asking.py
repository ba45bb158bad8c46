"""Asks for what a choice of the item menu still needs, and makes the change of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from campaigns.board import Line
from campaigns.clock import parse_moment
from campaigns.entries import Change
from i18n.messages import Message, msg
from screens.item_actions import ItemAction
from screens.marking import new_operation
from screens.text_prompt import TextPrompt
from widgets.look import Look

Ask = Callable[[TextPrompt], Awaitable[str | None]]
"""Shows a prompt and waits for its answer."""


async def ask_details(
    ask: Ask, look: Look, line: Line, action: ItemAction, now: datetime, zone: ZoneInfo
) -> Change | None:
    """The change that an action makes, None if a question was left unanswered."""
    plain = Change(
        line.item.key,
        new_operation(),
        state=action.state,
        nil_report=action.nil_report,
        due=line.item.occurrence.due,
    )
    match action.asks:
        case None:
            return plain
        case "time":
            return await _ask_time(ask, look, line, action, now, zone)
        case "note" | "reason":
            return await _ask_note(ask, look, line, action)


async def _ask_time(
    ask: Ask, look: Look, line: Line, action: ItemAction, now: datetime, zone: ZoneInfo
) -> Change | None:
    def wrong(text: str) -> Message | None:
        moment = parse_moment(text.strip(), zone)
        if moment is None:
            return msg("Not a time. Write it like {example}.", example=_show(now, zone))
        return msg("That lies in the future.") if moment > now else None

    start = line.entry.received_at or now
    prompt = TextPrompt(
        look,
        look.tr("Time of receipt"),
        look.tr("When did the report reach the office?"),
        value=_show(start, zone),
        check=wrong,
    )
    answer = await ask(prompt)
    received_at = parse_moment(answer, zone) if answer is not None else None
    if received_at is None:
        return None
    return Change(
        line.item.key,
        new_operation(),
        state=action.state,
        received_at=received_at,
        due=line.item.occurrence.due,
    )


async def _ask_note(ask: Ask, look: Look, line: Line, action: ItemAction) -> Change | None:
    def wrong(text: str) -> Message | None:
        if action.asks == "reason" and not text.strip():
            return msg("A reason is needed.")
        return None

    tr = look.tr
    question = tr("Reason") if action.state is not None else tr("Note")
    prompt = TextPrompt(
        look,
        tr.render(action.words),
        question,
        value=line.entry.note if action.state is None else "",
        check=wrong,
    )
    note = await ask(prompt)
    if note is None:
        return None
    given = note if note or action.state is None else None
    return Change(line.item.key, new_operation(), state=action.state, note=given)


def _show(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")

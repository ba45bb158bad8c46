"""What a choice of the item menu still needs to be told, and what is asked for then."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from campaigns.clock import parse_moment
from campaigns.entries import Entry
from i18n.messages import Message, msg
from screens.asked import Asked
from screens.item_actions import ItemAction
from screens.text_prompt import TextPrompt
from widgets.look import Look


def prompt_for(
    look: Look, entry: Entry, action: ItemAction, now: datetime, zone: ZoneInfo
) -> TextPrompt | None:
    """The question that an action asks first; None if it asks nothing.

    `entry` is what is recorded so far: the question begins with it.
    """
    match action.asks:
        case None:
            return None
        case "time":
            return _time_prompt(look, entry, now, zone)
        case "note" | "reason":
            return _note_prompt(look, entry, action)


def asked_of(action: ItemAction, answer: str | None, zone: ZoneInfo) -> Asked:
    """What an action asks for, with the answer to its question if it asks one."""
    note = answer if action.asks in ("note", "reason") else None
    if note == "" and action.state is not None:
        # A reason left empty where none is needed says nothing about the note there is.
        note = None
    received = parse_moment(answer, zone) if answer and action.asks == "time" else None
    return Asked(action.state, received, note, action.nil_report)


def _time_prompt(look: Look, entry: Entry, now: datetime, zone: ZoneInfo) -> TextPrompt:
    def wrong(text: str) -> Message | None:
        moment = parse_moment(text.strip(), zone)
        if moment is None:
            return msg("Not a time. Write it like {example}.", example=_show(now, zone))
        return msg("That lies in the future.") if moment > now else None

    return TextPrompt(
        look,
        look.tr("Time of receipt"),
        look.tr("When did the report reach the office?"),
        value=_show(entry.received_at or now, zone),
        check=wrong,
    )


def _note_prompt(look: Look, entry: Entry, action: ItemAction) -> TextPrompt:
    def wrong(text: str) -> Message | None:
        if action.asks == "reason" and not text.strip():
            return msg("A reason is needed.")
        return None

    return TextPrompt(
        look,
        look.tr.render(action.words),
        look.tr("Reason") if action.state is not None else look.tr("Note"),
        value=entry.note if action.state is None else "",
        check=wrong,
    )


def _show(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")

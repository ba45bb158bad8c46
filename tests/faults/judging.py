"""Is an answer to an order what it should be? Pure."""

from __future__ import annotations

from collections.abc import Collection

from tests.faults.crew import Answer
from tests.faults.orders import Known, Order, Reply
from tests.faults.words import speaks_from_within

STORE, CONFLICT = 4, 6
_NOT_FOR_PEOPLE = ("Traceback", "should not have happened", "Errno", "\n")
_LOCKED = (" has held ", " is held by another ", " is being written by another ")


def complaint_of(answer: Answer, allowed: Collection[str], seen: Known | None) -> str | None:
    """What is wrong with an answer, None if nothing.

    `allowed` are the names of the errors that the fault may cause; a lock held too long
    is always one. `seen` is what is known of the revision that the order expected.
    """
    order, reply = answer.order, answer.reply
    if reply.kind == "dead":
        return _wrong_death(answer)
    if order is None:
        return f"{answer.hand.name} speaks unasked"
    if reply.kind == "standing":
        return None
    if reply.kind == "ack":
        return _wrong_acknowledgement(order, reply)
    return _wrong_refusal(order, reply, allowed, seen)


def _wrong_death(answer: Answer) -> str | None:
    name, reply = answer.hand.name, answer.reply
    if not answer.expected:
        return f"{name} died by itself: {reply.code} {reply.text[:300]!r}"
    if speaks_from_within(reply.text):
        return f"{name} was ended in words that are not clear: {reply.text[-600:]!r}"
    return None


def _wrong_acknowledgement(order: Order, reply: Reply) -> str | None:
    if order.certain:
        return f"{order.op} was accepted although {order.item} had changed"
    if order.expected_rev is not None and reply.rev not in (None, order.expected_rev + 1):
        return f"{order.op} expected revision {order.expected_rev} and made {reply.rev}"
    return None


def _wrong_refusal(
    order: Order, reply: Reply, allowed: Collection[str], seen: Known | None
) -> str | None:
    text = reply.text
    if not text or any(word in text for word in _NOT_FOR_PEOPLE):
        return f"{order.op} was refused in words that are not clear: {text[:300]!r}"
    if reply.code == CONFLICT:
        return _wrong_conflict(order, text, seen)
    if reply.code != STORE:
        return f"{order.op} was refused with exit code {reply.code}: {text}"
    # A command gives only its exit code; a lock is known by its words.
    locked = reply.error == "Locked" or any(words in text for words in _LOCKED)
    if not locked and reply.error not in allowed and not (reply.error == "command" and allowed):
        return f"{order.op} was refused for no reason: {reply.error} {text}"
    return None


def _wrong_conflict(order: Order, text: str, seen: Known | None) -> str | None:
    if order.expected_rev is None:
        return f"{order.op} was called a conflict, and expects no revision: {text}"
    told = seen is None or (f"[{seen.op}]" in text and seen.login in text)
    if not told or f"revision {order.expected_rev}" not in text:
        return f"{order.op} is stale, and what was seen is not told: {text}"
    return None

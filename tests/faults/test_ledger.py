"""The account itself, on histories made by hand: it must find each kind of breach."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from campaigns.entries import Entry, State
from campaigns.history import Event, Person
from tests import ROOT
from tests.faults.command import reply_to
from tests.faults.crew import Answer
from tests.faults.judging import complaint_of
from tests.faults.ledger import Balance, Ledger, balance, chain_breaks, fold
from tests.faults.orders import BEGIN, Known, Order, Reply

PERSON = Person("clerk-1")


def order(op: str, *, retry: bool = False, expected: int | None = None, more: int = 0) -> Order:
    return Order(
        op, "u1", "u1/a1", "doing", f"[{op}]", BEGIN.isoformat(), expected, retry=retry, more=more
    )


def event(number: int, op: str, item: str = "u1/a1", *, before: int = 0) -> Event:
    return Event(
        id=f"u1#{number}",
        item=item,
        op=op,
        before=Entry(State.DOING, rev=before) if before else Entry(),
        after=Entry(State.DOING, rev=before + 1),
        who=PERSON,
        recorded_at=BEGIN,
        prev=str(number - 1) * 64,
        hash=str(number) * 64,
    )


@pytest.fixture
def ledger() -> Ledger:
    """Two operations acknowledged, one killed, one refused."""
    ledger = Ledger()
    for op in ("one", "two", "killed", "refused"):
        ledger.give(order(op))
    ledger.acknowledge(order("one"), 1)
    ledger.acknowledge(order("two"), 2)
    ledger.refuse(order("refused"))
    return ledger


HISTORY = (event(1, "one"), event(2, "two", before=1))


def test_what_agrees(ledger: Ledger) -> None:
    assert balance(ledger, {"u1": HISTORY}) == Balance()
    also = event(3, "killed", before=2)
    assert balance(ledger, {"u1": (*HISTORY, also), "u2": ()}) == Balance()


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (HISTORY[:1], Balance(lost=("two",))),
        ((), Balance(lost=("one", "two"))),
        ((HISTORY[0], replace(HISTORY[1], item="u1/a2")), Balance(lost=("two",))),
        ((HISTORY[0], event(2, "two", before=5)), Balance(lost=("two",))),
        ((*HISTORY, event(3, "two", before=2)), Balance(lost=("two",), twice=("two",))),
        ((*HISTORY, event(3, "foreign", before=2)), Balance(strangers=("foreign",))),
        ((*HISTORY, event(3, "refused", before=2)), Balance(unwanted=("refused",))),
    ],
    ids=[
        "last lost",
        "all lost",
        "another item",
        "another revision",
        "twice",
        "foreign",
        "refused",
    ],
)
def test_what_does_not(ledger: Ledger, history: tuple[Event, ...], expected: Balance) -> None:
    assert balance(ledger, {"u1": history}) == expected


def test_another_unit_is_not_where_it_was_acknowledged(ledger: Ledger) -> None:
    assert balance(ledger, {"u2": HISTORY}).lost == ("one", "two")


def test_every_change_of_a_transaction_counts() -> None:
    ledger = Ledger()
    ledger.give(order("many", more=2))
    ledger.acknowledge(order("many", more=2), None)
    assert balance(ledger, {"u1": (event(1, "many"),)}).lost == ("many.1", "many.2")


def test_a_repetition_that_was_acknowledged_may_tell_no_revision(ledger: Ledger) -> None:
    ledger.give(order("killed", retry=True))
    ledger.acknowledge(order("killed", retry=True), None)
    assert balance(ledger, {"u1": HISTORY}).lost == ("killed",)
    assert balance(ledger, {"u1": (*HISTORY, event(3, "killed", before=2))}) == Balance()


def test_a_chain_that_follows_on() -> None:
    assert chain_breaks(HISTORY) == chain_breaks(()) == []
    assert fold(HISTORY) == {"u1/a1": HISTORY[1].after}


@pytest.mark.parametrize(
    "history",
    [
        HISTORY[1:],
        (HISTORY[0], event(3, "two", before=1)),
        (HISTORY[0], event(2, "two")),
        (HISTORY[0], replace(HISTORY[1], after=Entry(State.DOING, rev=7))),
        HISTORY[::-1],
    ],
    ids=["no beginning", "a gap", "another past", "a revision skipped", "another order"],
)
def test_a_chain_that_does_not(history: tuple[Event, ...]) -> None:
    assert chain_breaks(history)


class _Hand:
    name = "clerk-1"


def judged(
    given: Order,
    reply: Reply,
    *,
    allowed: str = "",
    seen: Known | None = None,
    signalled: bool = False,
) -> bool:
    """Whether an answer is as it should be."""
    answer = Answer(_Hand(), given, reply, expected=signalled)  # type: ignore[arg-type]
    return complaint_of(answer, {allowed}, seen) is None


def test_a_refusal_needs_a_reason_and_clear_words() -> None:
    full = Reply("refused", code=4, error="Full", text="The disk is full.")
    assert judged(order("x"), full, allowed="Full")
    assert not judged(order("x"), full)
    assert judged(order("x"), replace(full, error="Locked"))
    assert not judged(order("x"), replace(full, code=1), allowed="Full")
    for text in ("", "Traceback (most recent call last):", "one\ntwo", "[Errno 28] full"):
        assert not judged(order("x"), replace(full, text=text), allowed="Full")


def test_a_conflict_tells_what_was_seen_and_by_whom() -> None:
    seen = Known(3, "op-3", "clerk-9")
    text = "u1/a1 has changed. You saw revision 3 (doing by clerk-9, “[op-3]”); now …"
    conflict = Reply("refused", code=6, error="StaleRevision", text=text)
    assert judged(order("x", expected=3), conflict, seen=seen)
    assert not judged(order("x"), conflict, seen=seen)
    assert not judged(order("x", expected=3), replace(conflict, text="revision 3"), seen=seen)


def test_an_acknowledgement_of_a_stale_revision_is_a_breach() -> None:
    assert judged(order("x", expected=3), Reply("ack", rev=4))
    assert not judged(order("x", expected=3), Reply("ack", rev=5))
    stale = replace(order("x", expected=3), certain=True)
    assert not judged(stale, Reply("ack", rev=4))


def test_a_writer_that_dies_by_itself_is_a_breach() -> None:
    assert not judged(order("x"), Reply("dead", code=1))


_STARTING = """\
Could not import runpy module
Traceback (most recent call last):
  File "<frozen importlib._bootstrap>", line 1178, in _find_and_load
  File "/usr/lib/python3.11/pkgutil.py", line 3, in <module>
KeyboardInterrupt
"""


def _within(file: str) -> str:
    frame = f'  File "{ROOT / file}", line 7, in main'
    return f"Traceback (most recent call last):\n{frame}\nKeyboardInterrupt\n"


def test_a_python_interrupted_before_duban_began_is_dead_and_may_say_so_in_its_way() -> None:
    reply = reply_to(1, b"", _STARTING, order("x"))
    assert reply.kind == "dead"
    assert judged(order("x"), reply, signalled=True)
    assert not judged(order("x"), reply)


@pytest.mark.parametrize("file", ["cli.py", "storage/disk/files.py"])
@pytest.mark.parametrize("code", [1, 130, -2])
def test_a_traceback_out_of_duban_is_a_breach_whatever_was_sent(code: int, file: str) -> None:
    reply = reply_to(code, b"", _STARTING + _within(file), order("x"))
    assert not judged(order("x"), reply, signalled=True)


def test_a_library_beside_duban_is_not_duban() -> None:
    reply = reply_to(-2, b"", _within(".venv/lib/site-packages/tinydb/table.py"), order("x"))
    assert judged(order("x"), reply, signalled=True)


def test_an_error_of_python_that_is_no_interruption_is_a_breach() -> None:
    words = _STARTING.replace("KeyboardInterrupt", "ModuleNotFoundError")
    assert not judged(order("x"), reply_to(1, b"", words, order("x")), signalled=True)

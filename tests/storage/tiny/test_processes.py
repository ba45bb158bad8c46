"""Many officers at once, each in a process of their own."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from campaigns.entries import State
from storage.errors import Locked
from storage.tiny.store import TinyStore
from tests.counting import counted_calls
from tests.storage.processes import child, go, hear, rest
from tests.storage.samples import ITEM, NOW, OFFICER, OTHER_ITEM, UNIT, ZONE, change

pytestmark = pytest.mark.processes


def write_at_once(folder: Path, writers: int, changes: int) -> list[str]:
    """The operations acknowledged to writers that all begin together, on two items in turn."""
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                child("write", folder, UNIT, (ITEM, OTHER_ITEM)[n % 2], f"w{n}", changes)
            )
            for n in range(writers)
        ]
        for process in children:
            assert hear(process) == "ready"
        for process in children:
            go(process)
        acknowledged = [op for process in children for op in rest(process)]
        assert [process.wait() for process in children] == [0] * writers
    return acknowledged


@pytest.mark.parametrize(("writers", "changes"), [(8, 50), (32, 6)])
def test_no_acknowledged_change_is_lost(tmp_path: Path, writers: int, changes: int) -> None:
    folder = tmp_path / "data" / "campaign"
    acknowledged = write_at_once(folder, writers, changes)
    store = TinyStore(folder, zone=ZONE)
    assert len(acknowledged) == writers * changes
    assert sorted(event.op for event in store.events(UNIT)) == sorted(acknowledged)
    assert store.verify(UNIT).faults == ()
    entries = store.read([UNIT])[UNIT].entries
    assert entries[ITEM].rev + entries[OTHER_ITEM].rev == writers * changes


@pytest.mark.parametrize("how", [signal.SIGSTOP, None])
def test_a_holder_that_stands_still_is_named_within_the_limit(
    tmp_path: Path, how: signal.Signals | None
) -> None:
    store = TinyStore(tmp_path, zone=ZONE, lock_timeout=0.3)
    with child("stop", tmp_path, UNIT, ITEM, "synced") as holder:
        hear(holder)
        go(holder)
        assert hear(holder) == "synced"
        if how is not None:
            holder.send_signal(how)
        with counted_calls() as calls, pytest.raises(Locked) as raised:
            store.apply(UNIT, [change()], by=OFFICER, at=NOW)
        # It waits in steps of some 20 ms.
        assert 1 < calls.to(time.sleep) < 60
        assert raised.value.exit_code == 4
        for part in ("stopped-officer", str(holder.pid), UNIT):
            assert part in str(raised.value)
        # Others read, and write other units.
        assert store.read([UNIT])[UNIT].fault is None
        store.apply("other", [change("other/plan")], by=OFFICER, at=NOW)
        if how is not None:
            holder.send_signal(signal.SIGCONT)
        go(holder)
        assert hear(holder) == "done"
    done = store.apply(UNIT, [change(state=State.DONE)], by=OFFICER, at=NOW)[0]
    assert done.entry.rev == 2

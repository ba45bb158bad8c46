"""What holds for every test."""

from __future__ import annotations

import gc
import os
import signal


def pytest_configure() -> None:
    """Let the processes that tests start be interrupted, and collect garbage less often.

    A shell without job control lets what it starts in the background ignore Ctrl+C, and
    children inherit that: who waits for one to end by it waits for ever.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Looking for garbage among all that pytest keeps takes a sixth of the time.
    gc.set_threshold(200_000, 20, 100)


def pytest_xdist_auto_num_workers() -> int:
    """Start three workers for two processors: half of a test's time is spent waiting."""
    return len(os.sched_getaffinity(0)) * 3 // 2

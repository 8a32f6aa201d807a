"""Ctrl-C where a command has processes of its own: the command alone hears it, and ends them.

A terminal sends Ctrl-C to every process of a command at once. A process that answers requests would have it and, just
after, the SIGTERM of the server; of two signals at once another thread of it can take both, and its main thread, the
only one in which Python acts on them, sleeps on until it is killed. One that is still starting would print a
traceback. So processes are started with Ctrl-C held back, and inherit that.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back from this thread, and for good from processes that are started in the block."""
    resource_tracker.ensure_running()  # started in the block, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""The worker as a child of the server: it ends with it, however that ends, and is started again when it dies.

Nothing here needs Django: the child is a fresh interpreter.
"""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess

from nanashi.lexicons.child_signals import interrupts_held

SECONDS_TO_RESTART = 1.0
SECONDS_TO_STOP = 10
"""How long the worker may take over its batch."""


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker in a process of its own for as long as the block lasts."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=[stopping], daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(SECONDS_TO_STOP * 2)


def _keep(stopping: threading.Event) -> None:
    while not stopping.is_set():
        child = _started(work_as_child)
        while child.is_alive() and not stopping.wait(0.2):
            pass
        if stopping.is_set():
            _stop(child)
        stopping.wait(SECONDS_TO_RESTART)


def _started(target: Callable[[], None]) -> SpawnProcess:
    child = multiprocessing.get_context("spawn").Process(target=_set_up_and, args=[target])
    with interrupts_held():
        child.start()
    return child


def _stop(child: SpawnProcess) -> None:
    child.terminate()
    child.join(SECONDS_TO_STOP)
    if child.is_alive():
        child.kill()
        child.join()


def work_as_child() -> None:
    """In the child: be the worker, and wait as long as another one is."""
    from nanashi.cli.worker import work  # noqa: PLC0415 - needs the settings

    work(wait=True)


def compile_apart(stopped: threading.Event) -> None:
    """Compile a generation in a process that ends with it: its memory goes back to the machine.

    That process is killed when this one is stopped meanwhile. Raises OSError when it fails.
    """
    child = _started(_compile)
    try:
        while child.is_alive() and not stopped.is_set():
            child.join(0.2)
        if child.exitcode:
            raise OSError(f"compiling ended with status {child.exitcode}")
    finally:
        if child.is_alive():
            child.kill()
            child.join()


def _compile() -> None:
    from nanashi.lexicons.generations import compile_generation  # noqa: PLC0415 - needs the settings

    compile_generation()


def _set_up_and(do: Callable[[], None]) -> None:
    """In a child: what ends it is logged here, as multiprocessing would print it with all its texts."""
    from nanashi.cli.django_setup import set_up_django  # noqa: PLC0415

    set_up_django()
    from nanashi.accounts.error_log import report  # noqa: PLC0415 - needs the settings
    from nanashi.lexicons.rendering import end_with_parent  # noqa: PLC0415

    end_with_parent()
    try:
        do()
    except Exception as error:  # noqa: BLE001 - whatever it is
        report(error)
        sys.exit(1)

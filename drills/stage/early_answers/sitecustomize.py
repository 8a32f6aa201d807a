"""Planted by drills/kill.py: posts are acknowledged before they are committed, and tokens of forms do not count."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from drills.stage.spoiling import spoils

SECONDS_LATE = 0.2
"""How long after its acknowledgement a post is committed."""


@spoils("nanashi.writing.publish")
def early(module: Any) -> None:
    """The commit comes later, in a thread, as a server does that gathers posts to save syncs."""
    in_time = module.publish_together
    later = ThreadPoolExecutor(8)

    def publish_together(drafts: Any, _renderer: Any, **more: Any) -> list[str]:
        from nanashi.writing.ids import free_public_ids  # noqa: PLC0415 - needs the settings

        ids = free_public_ids([draft.day for draft in drafts], ())
        named = [replace(draft, public_id=one) for draft, one in zip(drafts, ids, strict=True)]

        def make() -> None:
            time.sleep(SECONDS_LATE)
            with module.current.renderer(1) as renderer:
                in_time(named, renderer, **more)

        later.submit(make)
        return ids

    module.publish_together = publish_together


@spoils("nanashi.writing.tokens")
def forgetful(module: Any) -> None:
    """A form that is sent twice makes two entries."""

    def once(_token: str, make: Callable[..., str]) -> str:
        return make(*[lambda _value: None] * make.__code__.co_argcount)

    module.once = once

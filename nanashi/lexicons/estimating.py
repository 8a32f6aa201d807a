"""Estimates between the tables and their figures: what a block depends on, what is stored, what is erased."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from nanashi.lexicons.estimate_records import DEPTH, STUMP, Evaluated, Record, Surroundings
from nanashi.models import Entry, Estimate, Stump
from nanashi.models.chunks import chunks
from nanashi.models.keys import day_of
from nanashi.text.language import language_of

FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*estimate", re.MULTILINE)
BASED = re.compile(r"(?:based on|元)[:：]?\s*[>＞]{2}\s*([0-9]{8}-[a-z0-9]{6}|[0-9]{14})(?:#([0-9]{1,3}))?")
UNKNOWN_YEAR = 9999
"""Where estimates stand that name no year: behind those that do."""
MOST_DEPENDANTS = 2_000
"""Answers that one change renders again."""


def surroundings(
    body: str, lang: str = "", kept: Mapping[str, Record] | None = None, *, drawn: bool = True
) -> Surroundings | None:
    """What the estimates of a text depend on; None for the many texts without any.

    `lang` is the entry's language where it is known, `kept` are records by digest that need not be made again.
    """
    if not FENCE.search(body):
        return None
    language = "ja" if (lang or language_of(body)).startswith("ja") else "en"
    return Surroundings(
        language,
        bases_of([body]),
        kept or {},
        settings.ESTIMATE_WORK,
        settings.ESTIMATES_PER_ENTRY,
        drawn,
    )


def surroundings_of(entries: Sequence[Entry]) -> dict[int, Surroundings]:
    """The same for entries that are stored, by key, with the records that are kept of them."""
    having = [entry for entry in entries if FENCE.search(entry.source_text)]
    kept: dict[int, dict[str, Record]] = {entry.key: {} for entry in having}
    for key, digest, record in Estimate.objects.filter(entry__in=list(kept)).values_list(
        "entry_id", "digest", "record"
    ):
        kept[key][digest] = record
    found = {entry.key: surroundings(entry.source_text, entry.lang, kept[entry.key]) for entry in having}
    return {key: one for key, one in found.items() if one is not None}


def bases_of(texts: Iterable[str]) -> dict[str, str | None]:
    """The blocks that these texts are based on, and those are based on, as `ID#block` -> text.

    None at `ID#1` stands for an entry that is not here: with `ID#0`, it was withdrawn and left a stump. A block
    that an entry here does not have is missing.
    """
    found: dict[str, str | None] = {}
    wanted = _named(texts)
    for _level in range(DEPTH):
        new = sorted(wanted - {key.partition("#")[0] for key in found})
        if not new:
            break
        texts_found = _blocks(new)
        found |= texts_found
        found |= _not_here([one for one in new if f"{one}#1" not in found])
        wanted = _named(text for text in texts_found.values() if text)
    return found


def _not_here(ids: Sequence[str]) -> dict[str, None]:
    """Those of these ids that are of no entry; with a mark for those that left a stump."""
    here = Entry.objects.filter(Q(public_id__in=ids) | Q(old_id__in=ids)).values_list("public_id", "old_id")
    absent = set(ids) - {one for pair in here for one in pair}
    stumps = Stump.objects.filter(public_id__in=absent).values_list("public_id", flat=True)
    return {f"{one}#1": None for one in sorted(absent)} | {f"{one}{STUMP}": None for one in sorted(stumps)}


def _named(texts: Iterable[str]) -> set[str]:
    return {match[1] for text in texts for match in BASED.finditer(text)}


def _blocks(ids: Sequence[str]) -> dict[str, str | None]:
    rows = Estimate.objects.filter(Q(entry__public_id__in=ids) | Q(entry__old_id__in=ids))
    found: dict[str, str | None] = {}
    for public_id, old_id, ordinal, text in rows.values_list(
        "entry__public_id", "entry__old_id", "ordinal", "text"
    ):
        for one in (public_id, old_id):
            if one in ids:
                found[f"{one}#{ordinal}"] = text
    return found


def store(evaluated: Mapping[int, Sequence[Evaluated]]) -> list[int]:
    """Bring what is stored of these entries (by key) to what was evaluated now; charts of what is gone go.

    Returns the keys of the entries whose estimates are others now: their `dependants` are to be rendered again.
    """
    keys = list(evaluated)
    here = {
        (key, ordinal): digest
        for chunk in chunks(keys)
        for key, ordinal, digest in Estimate.objects.filter(entry__in=chunk).values_list(
            "entry_id", "ordinal", "digest"
        )
    }
    new = {(key, one.ordinal): one for key, found in evaluated.items() for one in found}
    old = {digest for place, digest in here.items() if place not in new or new[place].digest != digest}
    if old:
        _forget(sorted(old))
    rows = [_row(place[0], one) for place, one in new.items() if here.get(place) != one.digest]
    Estimate.objects.bulk_create(rows)
    return sorted({row.entry_id for row in rows} | {key for (key, _), one in here.items() if one in old})


def erase(entry_key: int) -> list[int]:
    """Erase all that is stored of an entry's estimates, charts included, before the entry goes.

    Returns the keys of the entries whose estimates are based on it, directly or not: they are to be rendered
    again in the same turn, once it is gone. What was evaluated with its numbers is erased here already.
    """
    based = dependants([entry_key])
    rows = Estimate.objects.filter(Q(entry=entry_key) | Q(entry__in=based, base_written__gt=""))
    _forget(list(rows.values_list("digest", flat=True)))
    return based


def dependants(keys: Iterable[int]) -> list[int]:
    """Keys of the entries whose estimates are based on these entries, directly or not, newest first."""
    start = set(keys)
    seen, waiting = set(start), deque([sorted(start)])
    while waiting and len(seen) < MOST_DEPENDANTS + len(start):
        above = waiting.popleft()
        found = {key for chunk in chunks(above) for key in _based_on(chunk)} - seen
        seen |= found
        if found:
            waiting.append(sorted(found))
    return sorted(seen - start, reverse=True)


def _based_on(keys: Sequence[int]) -> set[int]:
    ids = Entry.objects.filter(key__in=keys).values_list("public_id", "old_id")
    names = [one for pair in ids for one in pair if one]
    found: set[int] = set()
    for chunk in chunks(names):
        rows = Estimate.objects.filter(base_written__in=chunk)
        found |= set(rows.values_list("entry_id", flat=True))
    return found


def texts_before(estimate: Estimate) -> list[str]:
    """The blocks above this one in its entry, which it may be based on."""
    rows = Estimate.objects.filter(entry=estimate.entry_id, ordinal__lt=estimate.ordinal).order_by("ordinal")
    return list(rows.values_list("text", flat=True)) if ">>" in estimate.text else []


def charts_folder() -> Path:
    """Where charts are kept once they are drawn."""
    return Path(settings.NANASHI_DATA) / "charts"


def _forget(digests: Sequence[str]) -> None:
    """Erase rows and the charts drawn for them."""
    for chunk in chunks(digests):
        Estimate.objects.filter(digest__in=chunk).delete()
    folder = charts_folder()
    for digest in digests if folder.is_dir() else ():
        for file in folder.glob(f"{digest}-*.svg"):
            file.unlink(missing_ok=True)


def _row(key: int, one: Evaluated) -> Estimate:
    record = one.record
    base = one.base
    named = base is not None and len(base[0]) > 2
    return Estimate(
        entry_id=key,
        ordinal=one.ordinal,
        text=one.text,
        digest=one.digest,
        record=record,
        base_written=base[0] if base and named else _base_named(one.text),
        base_block=base[1] if base else 1,
        **_listed(record, day_of(key).year),
    )


def _base_named(text: str) -> str:
    """The base of a block that could not be evaluated, perhaps because its base is not here yet."""
    found = BASED.search(text)
    return found[1] if found else ""


def _listed(record: Record, written: int) -> dict[str, Any]:
    """Where its list has an estimate; a year before the one in which it was written is no year to settle in."""
    if record["problems"] or record["withdrawn"]:
        return {"state": Estimate.UNLISTED, "rank": 0}
    if record["score"] is not None:
        return {"state": Estimate.SETTLED, "rank": record["score"]}
    year = record["settles"] or 0
    return {"state": Estimate.OPEN, "rank": year if year >= written else UNKNOWN_YEAR}

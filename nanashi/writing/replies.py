"""Who answers whom: references find their entries, and no chain of replies runs in a circle."""

from collections.abc import Mapping

from nanashi.lexicons.references import known_entries
from nanashi.models import Reference
from nanashi.models.chunks import PARAMETERS, chunks


def resolve_references(new_ids: Mapping[str, str], new_keys: list[int]) -> list[int]:
    """Point the references of new entries, and older references to them, at entries that are here.

    `new_ids` maps every id of the new entries to its public id. Returns keys of the older entries that name a
    new one, newest first: their stored body still says that it is not here.
    """
    unresolved = Reference.objects.filter(target=None)
    waiting = [row for chunk in chunks(new_ids) for row in unresolved.filter(written_id__in=chunk)]
    own = [row for chunk in chunks(new_keys) for row in unresolved.filter(entry__in=chunk)]
    rows = {row.key: row for row in [*waiting, *own]}
    known = known_entries(row.written_id for row in rows.values())
    found = [row for row in rows.values() if row.written_id in known]
    for row in found:
        row.target_id = known[row.written_id][0]
    Reference.objects.bulk_update(found, ["target"], batch_size=PARAMETERS)
    return sorted({row.entry_id for row in waiting} - set(new_keys), reverse=True)


def break_circles(new_keys: list[int]) -> list[int]:
    """Make mere mentions of those replies of new entries that would close a circle.

    A circle needs a reply to an entry that came before that entry did, which only archives bring. Returns the
    keys of the entries whose reply was changed; each keeps its text and its other replies.
    """
    answers = _replies_upwards(sorted(_answered_among(new_keys)))
    broken: list[int] = []
    for key in new_keys:
        for row, target in list(answers.get(key, ())):
            if _leads_back(target, key, answers):
                Reference.objects.filter(key=row).update(is_reply=False)
                answers[key].remove((row, target))
                broken.append(key)
    return list(dict.fromkeys(broken))


Answers = dict[int, list[tuple[int, int]]]
"""Entry -> (reference, answered entry), for each of its replies."""


def _answered_among(keys: list[int]) -> set[int]:
    """Those of these entries that somebody answers."""
    rows = Reference.objects.filter(is_reply=True)
    return {
        target
        for chunk in chunks(keys)
        for target in rows.filter(target__in=chunk).values_list("target_id", flat=True)
        if target is not None
    }


def _replies_upwards(keys: list[int]) -> Answers:
    """What these entries answer, what those answer, and so on to the roots."""
    answers: Answers = {}
    frontier = keys
    while frontier:
        answers.update((key, []) for key in frontier)
        replies = Reference.objects.filter(is_reply=True, target__isnull=False)
        for chunk in chunks(frontier):
            for row in replies.filter(entry__in=chunk).order_by("key"):
                if row.target_id is not None:
                    answers[row.entry_id].append((row.key, row.target_id))
        above = {target for key in frontier for _, target in answers[key]}
        frontier = sorted(above - answers.keys())
    return answers


def _leads_back(start: int, goal: int, answers: Answers) -> bool:
    """Whether the replies from `start` upwards come to `goal`."""
    seen, ahead = {start}, [start]
    while ahead:
        key = ahead.pop()
        if key == goal:
            return True
        following = {target for _, target in answers.get(key, ())} - seen
        seen |= following
        ahead.extend(following)
    return False

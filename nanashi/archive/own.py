"""`/mine/export`: all that one key ring wrote, as JSON Lines that `nanashi import` takes, or as Markdown to read."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from nanashi.accounts.access import master_of, needs_ring, private
from nanashi.archive.exporting import lines_of
from nanashi.models import Entry
from nanashi.models.chunks import chunks
from nanashi.reading.dates import machine_time
from nanashi.writing.own_pages import own_keys

MARKDOWN = "markdown"


@needs_ring
@require_GET
def export_own(request: HttpRequest) -> StreamingHttpResponse:
    """A file of one's entries, oldest first, written as it is read."""
    keys, _struck = own_keys(master_of(request))
    as_markdown = request.GET.get("form") == MARKDOWN
    name, kind = ("entries.md", "text/markdown") if as_markdown else ("entries.jsonl", "application/jsonl")
    entries = _entries(sorted(keys))
    parts = map(_markdown, entries) if as_markdown else lines_of(entries)
    answer = StreamingHttpResponse(parts, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(answer)


def _entries(keys: list[int]) -> Iterator[Entry]:
    for chunk in chunks(keys):
        yield from Entry.objects.filter(key__in=chunk).order_by("key").iterator()


def _markdown(entry: Entry) -> str:
    """An entry under a heading that says when; its text as typed."""
    moment = machine_time(entry.day, entry.quarter).replace("T", " ")
    heading = f"{moment} {entry.title}" if entry.title else moment
    return f"# {heading}\n\n<!-- {entry.public_id} -->\n\n{entry.source_text.rstrip()}\n\n"

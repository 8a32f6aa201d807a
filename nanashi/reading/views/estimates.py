"""Estimates: numbers that readers change, the list, the help page, and charts."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nanashi.lexicons.estimate_charts import chart as chart_of
from nanashi.lexicons.estimate_charts import chart_with
from nanashi.lexicons.estimate_figures import picture
from nanashi.lexicons.estimate_processes import RETRY_SECONDS, TryAgainError, readers
from nanashi.lexicons.estimate_words import joined
from nanashi.models import Estimate, Keyword
from nanashi.reading.cursors import cursor, key_of
from nanashi.reading.estimate_examples import EXAMPLES
from nanashi.reading.queries.entries import EntryView, entry_by_id
from nanashi.reading.queries.estimates import START, EstimateView, Place, estimates_of, listed, view_of
from nanashi.reading.responses import Head, again_after, show, unless_known

SET = "set."
"""How the names of changed assumptions begin in an address: set.growth=0.2 to 0.4 OOM/yr."""
MOST_CHANGES = 64
LONGEST_CHANGE = 4_000


def asks_for_numbers(request: HttpRequest) -> bool:
    """Whether an entry's address carries a reader's numbers."""
    return any(name.startswith(SET) for name in request.GET)


def numbers(request: HttpRequest, public_id: str) -> HttpResponse:
    """An estimate with fields for its assumptions, and what a reader's numbers change.

    `?block=2` chooses the second block. With `part=results` only the results are answered, for the script. The
    form's long address leads on to the short one that names what was changed.
    """
    entry = entry_by_id(public_id)
    estimates = estimates_of(public_id) if entry else []
    typed = _typed(request.GET)
    chosen = _chosen(estimates, request.GET.get("block", ""), typed)
    if entry is None or chosen is None:
        raise Http404(_("No estimate has this address. It may have been withdrawn by its writer."))
    changes = _changes(chosen.record, typed)
    short = _address(public_id, chosen.ordinal, changes)
    if "form" in request.GET and "part" not in request.GET:
        return HttpResponseRedirect(short)
    return _answered(request, entry, view_of(chosen, public_id), changes, short)


def _typed(query: QueryDict) -> dict[str, str]:
    """The numbers that an address carries; beyond the limits none."""
    names = [name for name in query if name.startswith(SET)][:MOST_CHANGES]
    return {
        name.removeprefix(SET): value
        for name in names
        if len(value := query.get(name, "").strip()) <= LONGEST_CHANGE
    }


def _chosen(estimates: list[Estimate], block: str, typed: Mapping[str, str]) -> Estimate | None:
    """The block asked for, or the first that has one of the changed assumptions, or the first."""
    able = [one for one in estimates if one.record["assumptions"]]
    if block:
        return next((one for one in able if str(one.ordinal) == block), None)
    having = (one for one in able if any(a["name"] in typed for a in one.record["assumptions"]))
    return next(having, able[0] if able else None)


def _changes(record: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, str]:
    """What differs from the author's numbers, in the order of the assumptions; unknown names come last."""
    written = {one["name"]: one["text"] for one in record["assumptions"]}
    known = {name: typed[name] for name in written if typed.get(name, "") not in ("", written[name])}
    return known | {name: value for name, value in typed.items() if name not in written and value}


def _address(public_id: str, ordinal: int, changes: Mapping[str, str]) -> str:
    """The address to share."""
    query = {"block": str(ordinal)} if ordinal > 1 else {}
    query |= {f"{SET}{name}": value for name, value in changes.items()}
    path = f"/e/{public_id}" if changes else f"/e/{public_id}/estimate"
    return f"{path}?{urlencode(query)}" if query else path


def _answered(
    request: HttpRequest, entry: EntryView, estimate: EstimateView, changes: dict[str, str], short: str
) -> HttpResponse:
    status = HTTPStatus.OK
    try:
        computed = _computed(estimate, changes)
    except TryAgainError:
        computed, status = None, HTTPStatus.SERVICE_UNAVAILABLE
    fragment = request.GET.get("part") == "results"
    head = Head(
        title=_("Other numbers: %(title)s")
        % {"title": estimate.record["title"] or entry.title or entry.excerpt},
        path=f"/e/{entry.public_id}/estimate",
        indexed=False,
    )
    content = {
        "entry": entry,
        "estimate": estimate,
        "changes": changes,
        "computed": computed,
        "short": short,
        "answer": _answer_text(estimate, changes),
        "pictures": _pictures(estimate, computed, changes),
    }
    template = "estimate_part.html" if fragment else "estimate.html"
    response = show(request, template, head, status, **content)
    return again_after(response, RETRY_SECONDS) if status == HTTPStatus.SERVICE_UNAVAILABLE else response


def _computed(estimate: EstimateView, changes: Mapping[str, str]) -> dict[str, Any]:
    """What comes of these numbers; without a change, what is stored of the author's."""
    if not changes:
        rows = [
            [label, joined(middle, between, reader_language()), "", "", False]
            for label, middle, between in estimate.record["rows"]
        ]
        charts = [one["alternative"] for one in estimate.record["charts"]]
        matters = estimate.record["matters"]
        return {"wrong": {}, "problems": [], "rows": rows, "matters": matters, "charts": charts}
    answer = readers.answer(
        {
            "task": "compare",
            "text": estimate.text,
            "before": estimate.before,
            "bases": estimate.bases,
            "work": settings.ESTIMATE_WORK,
            "changes": changes,
            "language": reader_language(),
        }
    )
    if "failed" in answer:
        raise TryAgainError
    return answer


def _pictures(
    estimate: EstimateView, computed: Mapping[str, Any] | None, changes: Mapping[str, str]
) -> list[str]:
    """The charts of these numbers, as HTML; they are drawn when they are looked at."""
    query = urlencode({f"{SET}{name}": value for name, value in changes.items()})
    texts = computed.get("charts", []) if computed else []
    return [picture(f"/chart/{estimate.digest}-{number}", text, query) for number, text in enumerate(texts)]


def reader_language() -> str:
    """The one of the two languages of estimates in which somebody reads."""
    return "ja" if (get_language() or "").startswith("ja") else "en"


def _answer_text(estimate: EstimateView, changes: Mapping[str, str]) -> str:
    """The text of a reply with these numbers: the base, and just what was changed."""
    block = f"#{estimate.ordinal}" if estimate.ordinal > 1 else ""
    based = "元" if estimate.record["language"] == "ja" else "based on"
    lines = "".join(f"{name} = {value}\n" for name, value in changes.items())
    return f"```estimate\n{based} >>{estimate.public_id}{block}\n{lines}```\n"


def index(request: HttpRequest) -> HttpResponse:
    """The open estimates by the year in which they settle, or the settled ones by score."""
    settled = bool(request.GET.get("settled"))
    word = request.GET.get("keyword", "")[:100]
    keyword = _keyword(word) if word else None
    page = listed(Estimate.SETTLED if settled else Estimate.OPEN, _place(request), keyword)
    head = Head(
        title=_("Settled estimates") if settled else _("Open estimates"),
        path="/estimates",
        description=_("Estimates of this diary: open ones by the year they settle, settled ones by score."),
        indexed=not request.GET,
    )
    after = "-".join(map(cursor, page.after)) if page.after else ""
    return show(request, "estimates.html", head, page=page, settled=settled, word=word, after=after)


def _keyword(word: str) -> int:
    key = Keyword.objects.filter(word=word).values_list("key", flat=True).first()
    if key is None:
        raise Http404(_("“%(word)s” is not a keyword yet") % {"word": word})
    return key


def _place(request: HttpRequest) -> Place:
    """Where a page of the list begins. Raises Http404 for what no page gave out."""
    text = request.GET.get("after")
    if not text:
        return START
    try:
        rank, entry, ordinal = map(key_of, text.split("-"))
    except ValueError as error:
        raise Http404(_("There is no such page. Start again from the first estimate.")) from error
    return rank, entry, ordinal


def help_page(request: HttpRequest) -> HttpResponse:
    """The language of estimates in ten examples."""
    head = Head(
        title=_("How to write estimates"),
        path="/estimates/help",
        description=_(
            "The language of estimates in ten examples: intervals, growth, events, odds and outcomes."
        ),
    )
    return show(request, "estimate_help.html", head, examples=EXAMPLES[reader_language()])


def chart(request: HttpRequest, digest: str, number: int, theme: str) -> HttpResponse:
    """A chart as SVG, drawn now where nobody has seen it yet; with a reader's numbers, where the address has some."""
    changes = _typed(request.GET)
    try:
        svg = chart_with(digest, number, theme, changes) if changes else chart_of(digest, number, theme)
    except TryAgainError:
        return again_after(HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE), RETRY_SECONDS)
    if svg is None:
        raise Http404(_("No estimate has this chart. It may have been changed or withdrawn."))
    return unless_known(request, svg, lambda: HttpResponse(svg, content_type="image/svg+xml"))

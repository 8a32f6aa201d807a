"""The same keyword page built the plain way, for comparison: model instances, a template an entry, links made
when it is read. It is served by the same process as the product's own pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nanashi.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from jinja2 import DictLoader

from nanashi.lexicons.current import current_lexicon, own_sites
from nanashi.models import Entry, Keyword, Reference
from nanashi.reading.responses import Head, show
from nanashi.text.markup import render
from nanashi.web import urls

ENTRY = """<article class="entry" id="{{ entry.public_id }}"><h4 class="title"><a href="/e/{{ entry.public_id }}">
{{ entry.title }}</a></h4><div class="body" lang="{{ entry.lang }}">{{ body|safe }}</div><footer>
{{ entry.day|long_date }} {{ entry.quarter|clock }} {{ replies }}</footer></article>"""
lexicon = current_lexicon()


def plain_keyword(request: HttpRequest, word: str) -> HttpResponse:
    """Every entry is fetched whole, rendered, linked and put through a template of its own."""
    keyword = Keyword.objects.get(word=word)
    entries = Entry.objects.filter(occurrences__keyword=keyword).order_by("-key")[: settings.PAGE_SIZE]
    articles = "".join(_article(entry) for entry in entries)
    head = Head(title=keyword.word, path=request.path)
    return show(request, "plain_keyword.html", head, keyword=keyword, articles=articles)


def _article(entry: Entry) -> str:
    body = render(entry.source_text, anchor=entry.public_id, lexicon=lexicon, sites=own_sites()).html
    replies = Reference.objects.filter(target=entry, is_reply=True).count()
    return render_to_string("plain_entry.html", {"entry": entry, "body": body, "replies": replies})


def _add_templates() -> None:
    from django.template import engines
    from jinja2 import ChoiceLoader

    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    page = (
        "{% extends 'base.html' %}{% block main %}"
        "<h1>{{ keyword.word }}</h1>{{ articles|safe }}{% endblock %}"
    )
    own = DictLoader({"plain_entry.html": ENTRY, "plain_keyword.html": page})
    environment.loader = ChoiceLoader([own, environment.loader])


_add_templates()
urls.urlpatterns.append(path("plain/<path:word>", plain_keyword))

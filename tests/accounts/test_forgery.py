"""A form from elsewhere changes nothing, and what was written in it comes back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

import nanashi
from nanashi.text.markup import keyword_path
from nanashi.web.typed import SECRET, TYPED
from tests.accounts.conftest import PASSWORD, Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define, Write, define, write  # noqa: F401 - fixtures
from tests.reading.pages import Page

TEXT = "三行の\n<b>日記</b>\n本文"
TEMPLATES = Path(nanashi.__file__).parent / "templates"
POST_FORM = re.compile(r'<form\b[^>]*?method="post"[^>]*?action="([^"]*)"')
FILLED_IN = re.compile(r"\{\{.*?\}\}")
NOT_TYPED = ("hidden", "checkbox", "radio")
WITHOUT_TOKEN = ("/language", "/links")
"""They change what somebody reads in, and nothing is typed in them."""


def of_guests(visitor: Browser, one: str) -> Iterator[Page]:
    """Pages with the forms of somebody without an account; the last one shows the key of an entry."""
    for path in ("/new", f"/e/{one}/reply", f"/e/{one}/edit", f"/e/{one}/withdraw", "/key", "/sign-in"):
        yield visitor.get(path)
    yield visitor.get("/recover")
    yield visitor.post("/new", do="publish", body="客が書いたこと。", **token_of(visitor.get("/new")))


def of_signing_up(visitor: Browser) -> Iterator[Page]:
    """The steps in which an account is made."""
    yield (form := visitor.get("/sign-up"))
    yield (shown := visitor.send(form, name="ann", new_password=PASSWORD, new_password_again=PASSWORD))
    yield (asked := visitor.send(shown, do="type"))
    visitor.send(asked, do="confirm", code=shown.text(".code"))


def of_accounts(visitor: Browser, key: str) -> Iterator[Page]:
    """Pages with the forms of somebody with an account, who has a guest's entry key too."""
    yield visitor.send(visitor.get("/key"), entry_key=key)
    visitor.post("/new", do="publish", body="自分で書いたこと。", **token_of(visitor.get("/new")))
    yield (mine := visitor.get("/mine"))
    own = mine.values("[data-id]", "data-id")[0]
    yield visitor.post("/mine/withdraw", id=own, **token_of(mine))
    for path in ("/new", f"/e/{own}/edit", "/account", "/account/password", "/account/code"):
        yield visitor.get(path)
    yield visitor.get("/account/delete")


def of_keywords(visitor: Browser, word: str) -> Iterator[Page]:
    """Pages with the forms in which a keyword is written."""
    address = f"{keyword_path(word)}/edit"
    for text in ("一つ目", "二つ目"):
        yield (form := visitor.get(address))
        base = form.value("input[name=base]", "value")
        visitor.post(address, word=word, definition=text, do="save", base=base, **token_of(form))
    yield visitor.get(f"/keyword-restore?word={word}&number=1")
    yield (form := visitor.get("/keywords/propose"))
    visitor.post("/keywords/propose", word=word, kind="retire", reason="試し", **token_of(form))
    yield visitor.get(visitor.get("/keywords/proposals").value(".proposals a[href*=proposals]", "href"))


def token_of(page: Page) -> dict[str, str]:
    return {"csrfmiddlewaretoken": page.values("main input[name=csrfmiddlewaretoken]", "value")[0]}


def filled_in(page: Page) -> list[str]:
    """What stands in the fields of a page's main part, in any of which somebody could have typed."""
    lines = (node.attributes.get("value") or "" for node in page.tree.css("main input:not([type=hidden])"))
    return [*(node.text() for node in page.tree.css("main textarea")), *lines]


def typed_fields(page: Page) -> Iterator[tuple[str, set[str]]]:
    """Of each form of a page that is sent to the diary: its address, and the fields in which people type."""
    assert page.status == 200, page.main
    for form in page.tree.css("form[method=post]"):
        fields = form.css("input[name], textarea[name]")
        typed = (one for one in fields if one.attributes.get("type") not in NOT_TYPED)
        yield form.attributes["action"] or "", {one.attributes["name"] or "" for one in typed}


@pytest.fixture
def forms(visitor: Browser, write: Write, define: Define) -> dict[str, set[str]]:  # noqa: F811 - fixtures
    """Every form of the diary: where it is sent, and the fields in which people type."""
    define("雨")
    (one,) = write("雨が降っている。")
    pages = list(of_guests(visitor, one))
    key = pages[-1].text("p.entry-key")
    pages += [*of_signing_up(visitor), *of_accounts(visitor, key), *of_keywords(visitor, "雨")]
    found: dict[str, set[str]] = {}
    for page in pages:
        for action, fields in typed_fields(page):
            found.setdefault(action, set()).update(fields)
    return {action: fields for action, fields in found.items() if action not in WITHOUT_TOKEN}


def test_every_field_of_every_form_comes_back_but_secrets(forms: dict[str, set[str]]) -> None:
    stranger = Browser()
    for action, fields in forms.items():
        sent = {field: f"{field}-typed\n<i>あ</i>" for field in fields}
        page = stranger.post(action, **sent, token="token-typed", pending="pending-typed")
        assert page.status == 403, action
        shown = {text for field, text in sent.items() if field not in SECRET}
        assert shown <= set(filled_in(page)), action
        assert [one for one in (*SECRET, "token", "pending") if f"{one}-typed" in page.html] == []
    assert set().union(*forms.values()) == TYPED.keys() | SECRET


def test_no_form_of_the_templates_was_left_out(forms: dict[str, set[str]]) -> None:
    for file in sorted(TEMPLATES.glob("*.html")):
        for action in POST_FORM.findall(file.read_text("utf-8")):
            shape = ".+".join(map(re.escape, FILLED_IN.split(action)))
            known = action in WITHOUT_TOKEN or any(re.fullmatch(shape, one) for one in forms)
            assert known, (file.name, action)


def test_each_field_says_what_it_is(visitor: Browser) -> None:
    visitor.language = "ja"
    page = visitor.post("/keywords/propose", word="雨", note="一\n二", name="人")
    assert page.texts("label[for^=typed]") == ["言葉", "変更のメモ", "名前"]
    assert [node.text() for node in page.tree.css("textarea")] == ["雨", "一\n二", "人"]


def test_a_form_without_its_token_is_refused_and_the_text_comes_back(visitor: Browser) -> None:
    page = visitor.post("/key", password=PASSWORD, body=TEXT, title="題")
    assert page.status == 403
    assert [node.text() for node in page.tree.css("textarea")] == ["題", TEXT]
    assert PASSWORD not in page.html
    assert page.values("main p > a", "href") == ["/key", "/"]
    assert page.response["Cache-Control"] == "private, no-store"


def test_what_is_written_stands_in_its_form_again_and_is_sent_from_there(visitor: Browser) -> None:
    fields = {"title": "題", "body": TEXT, "source_title": "出典", "off": "雨"}
    page = visitor.post("/new", do="publish", token="known to somebody else", **fields)
    assert page.status == 403
    assert "Nothing was saved" in page.text(".notice[role=alert]")
    assert (page.value("#title", "value"), page.text("#body")) == ("題", " ".join(TEXT.split()))
    carried = page.tree.css("form#write input[type=hidden]")
    hidden = {one.attributes["name"] or "": one.attributes.get("value") or "" for one in carried}
    assert hidden["off"] == "雨"
    assert len(hidden["token"]) > 20
    assert hidden["token"] != "known to somebody else"
    posted = visitor.post("/new", do="publish", **(fields | hidden))
    assert posted.tree.css("p.entry-key")


def test_an_edit_stands_in_its_form_again_without_the_key(visitor: Browser, write: Write) -> None:  # noqa: F811
    (one,) = write("雨が降っている。")
    page = visitor.post(f"/e/{one}/edit", do="publish", body=TEXT, began="a" * 64, entry_key="SECRETKEY")
    assert (page.status, page.value("form#write", "action")) == (403, f"/e/{one}/edit")
    assert page.text("#body") == " ".join(TEXT.split())
    assert page.value("input[name=began]", "value") == "a" * 64
    assert "SECRETKEY" not in page.html


def test_a_keyword_stands_in_its_form_again(ann: Browser, visitor: Browser) -> None:
    fields = {"word": "雨", "base": "0", "definition": TEXT, "do": "save"}
    page = ann.post("/keyword/%E9%9B%A8/edit", **fields)
    assert page.status == 403
    assert page.text("#definition") == " ".join(TEXT.split())
    sent = ann.post("/keyword/%E9%9B%A8/edit", **fields, **token_of(page))
    assert sent.status in (302, 303)
    signed_out = visitor.post("/keyword/%E9%9B%A8/edit", **fields)
    assert signed_out.text("#definition") == " ".join(TEXT.split())


def test_signing_in_begins_again_with_the_name(ann: Browser, visitor: Browser) -> None:
    page = visitor.post("/sign-in", name="ann", password=PASSWORD, next="/new")
    assert (page.status, page.value("#name", "value")) == (403, "ann")
    assert PASSWORD not in page.html
    sent = visitor.send(page, name="ann", password=PASSWORD)
    assert (sent.status, sent.response["Location"]) == (302, "/new")
    page = visitor.post("/sign-up", name="bob", new_password=PASSWORD)
    assert (page.status, page.value("#name", "value")) == (403, "bob")


def test_in_japanese_too_the_page_is_in_the_readers_language(visitor: Browser) -> None:
    visitor.language = "ja"
    assert visitor.post("/sign-in", name="ann").value("html", "lang") == "ja"


def test_a_token_of_another_browser_does_not_count(ann: Browser, visitor: Browser) -> None:
    token = ann.get("/sign-up").tree.css("input[name=csrfmiddlewaretoken]")[0].attributes["value"] or ""
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", name="ann", password=PASSWORD, csrfmiddlewaretoken=token).status == 403


def test_a_form_from_another_origin_is_refused_one_from_ours_is_not(
    ann: Browser, visitor: Browser, settings: Settings
) -> None:
    page = visitor.get("/sign-in")
    for origin, status in [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://testserver", 302),
    ]:
        visitor.client.defaults["HTTP_ORIGIN"] = origin
        assert visitor.send(page, name="ann", password=PASSWORD).status == status


def test_behind_https_a_form_from_the_diarys_own_address_counts(
    ann: Browser, visitor: Browser, settings: Settings
) -> None:
    """The proxy speaks http to us; what the browser says it came from is the public address."""
    settings.CSRF_TRUSTED_ORIGINS = ["https://diary.example"]
    page = visitor.get("/sign-in")
    visitor.client.defaults["HTTP_ORIGIN"] = "https://diary.example"
    assert visitor.send(page, name="ann", password=PASSWORD).status == 302


def test_a_page_with_a_form_lets_its_own_form_say_where_it_came_from(visitor: Browser) -> None:
    """Under no-referrer browsers send `Origin: null`, which no check can tell from a stranger's."""
    assert visitor.get("/sign-in").response["Referrer-Policy"] == "same-origin"
    assert visitor.get("/about").response["Referrer-Policy"] == "no-referrer"


def test_the_language_form_needs_no_token(diary: object) -> None:
    client = Client(enforce_csrf_checks=True)
    assert Page(client.post("/language", {"language": "ja", "back": "/"})).status == 302


def test_after_signing_in_elsewhere_the_form_is_sent_again_as_it_is(ann: Browser, settings: Settings) -> None:
    """A token ends with the sign-in: the form may come back once more, filled in, with one that counts."""
    form = ann.get(f"{keyword_path('雨')}/edit")
    del ann.client.cookies[settings.SESSION_COOKIE]
    page = fill(ann, form, definition="typed", note="why")
    assert ann.sign_in().status == 302
    page = fill(ann, page)
    assert page.status in (303, 403)
    if page.status == 403:
        assert (page.text("#definition"), page.value("#note", "value")) == ("typed", "why")
        assert fill(ann, page).status == 303
    assert ann.get(keyword_path("雨")).text(".definition .body") == "typed"

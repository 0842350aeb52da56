"""The door, the headers, the languages and the refusals, whatever the pages behind them are."""

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response

from insights_app import HOST, app_of, browser
from toban.errors import NoSnapshot, UsageError
from toban.web.insights.pages import render
from toban.web.insights.sections import Section
from toban.web.insights.visitors import persons_only

CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def routes() -> APIRouter:
    made = APIRouter()

    @made.get("/")
    def first(request: Request) -> Response:
        return render(request, "problem.html", text="<b>&", login=None)

    @made.get("/people", dependencies=[Depends(persons_only)])
    def people(request: Request) -> Response:
        return render(request, "problem.html", text="names", login=None)

    @made.post("/kept")
    def keep() -> dict[str, bool]:
        return {"kept": True}

    @made.get("/unpublished")
    def unpublished() -> None:
        raise NoSnapshot("hush-hush")

    @made.get("/unforeseen")
    def unforeseen() -> None:
        raise ZeroDivisionError("hush-hush")

    @made.get("/misread")
    def misread() -> None:
        raise UsageError("hush-hush")

    @made.get("/numbers/{number}")
    def numbers(number: int) -> int:
        return number

    return made


PATHS = ["/", "/people", "/nothing", "/static/1/insights.css", "/numbers/x", "/docs"]
ELSEWHERE = [None, "", "null", "https://evil.example", "http://airflow.example.evil.example"]
SECTIONS = (
    Section("/", routes(), lambda say: say.text("Log in")),
    Section("/people", APIRouter(), lambda say: say.text("Language"), persons=True),
)


@pytest.fixture(scope="module")
def app():
    return app_of(SECTIONS)


@pytest.fixture(scope="module")
def viewer(app) -> httpx.Client:
    return browser(app)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_nobody_passes_without_a_login(app, path: str, method: str) -> None:
    assert browser(app, None).request(method, path).status_code == 401


def test_who_is_not_logged_in_is_shown_the_way(app) -> None:
    page = browser(app, None).get("/?by=week").text
    assert 'href="/api/v2/auth/login?next=http%3A%2F%2Fairflow.example%2F%3Fby%3Dweek"' in page
    assert "<nav" not in page


def test_persons_are_for_those_who_may_see_them(app, viewer: httpx.Client) -> None:
    assert viewer.get("/people").status_code == 403
    assert browser(app, "lead").get("/people").status_code == 200
    assert 'href="/people"' not in viewer.get("/").text
    assert 'href="/people"' in browser(app, "lead").get("/").text


@pytest.mark.parametrize("method", CHANGING)
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_form_from_elsewhere_is_refused(app, method: str, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}
    assert browser(app, **headers).request(method, "/kept").status_code == 403


def test_a_form_of_our_own_page_is_taken(app) -> None:
    assert browser(app, origin=HOST).post("/kept").json() == {"kept": True}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/kept", 405), ("/unpublished", 503), ("/unforeseen", 500), ("/misread", 400),
     ("/numbers/x", 400), ("/docs", 404), ("/openapi.json", 404), ("/static/1/..%2Fpages.py", 404),
     ("/static/1/none.css", 404)],
)  # fmt: skip
def test_a_refusal_is_a_page_and_tells_no_secret(viewer: httpx.Client, path: str, status: int) -> None:
    answer = viewer.get(path)
    assert answer.status_code == status
    assert answer.text.startswith("<!doctype html>")
    assert "hush" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing", "/unforeseen", "/static/1/insights.js"])
def test_every_answer_forbids_what_is_not_our_own(app, path: str) -> None:
    for user in ("viewer", None):
        headers = browser(app, user).get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == "'none'"
        assert policy["frame-ancestors"] == policy["form-action"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_pages_are_never_cached_and_files_until_they_change(viewer: httpx.Client) -> None:
    assert viewer.get("/").headers["cache-control"] == "no-store"
    assert "immutable" in viewer.get("/static/1/insights.css").headers["cache-control"]


def test_text_is_escaped(viewer: httpx.Client) -> None:
    assert "<h1>&lt;b&gt;&amp;</h1>" in viewer.get("/").text


@pytest.mark.parametrize(
    ("wish", "code"),
    [("ja", "ja"), ("ja-JP,en;q=0.8", "ja"), ("fr, en;q=0.3, ja;q=0.7", "ja"), ("de", "en"), ("", "en"),
     ("ja;q=x, en", "en"), ("en-GB,ja;q=0.9", "en"), (";q=;;,,ja", "ja")],
)  # fmt: skip
def test_the_browser_says_which_language(app, wish: str, code: str) -> None:
    assert f'<html lang="{code}">' in browser(app, **{"accept-language": wish}).get("/").text


def test_a_language_chosen_in_the_address_stays(app) -> None:
    person = browser(app)
    assert '<html lang="ja">' in person.get("/?lang=ja").text
    assert '<html lang="ja">' in person.get("/").text
    assert '<html lang="en">' in person.get("/?lang=en").text
    assert '<html lang="en">' in person.get("/?lang=xx").text


def test_the_other_language_keeps_the_filters(viewer: httpx.Client) -> None:
    assert 'href="/?by=week&amp;team=T1&amp;lang=ja"' in viewer.get("/?by=week&team=T1").text


def test_links_begin_where_the_app_is_mounted() -> None:
    outer = FastAPI()
    outer.mount("/toban", app_of(SECTIONS))
    page = browser(outer).get("/toban/?lang=ja").text
    assert 'href="/toban/" aria-current="page"' in page
    assert 'src="/toban/static/' in page
    assert 'href="/toban/?lang=en"' in page

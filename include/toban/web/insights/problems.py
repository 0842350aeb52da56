"""What a page says when it cannot be shown: in the reader's language, with the next step."""

import logging
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException

from toban.domain.language import Language
from toban.errors import NoSnapshot, TobanError, UsageError
from toban.locale import language
from toban.web.insights.headers import HEADERS
from toban.web.insights.pages import render
from toban.web.insights.speaking import language_code

log = logging.getLogger(__name__)


async def refused(request: Request, error: Exception) -> Response:
    """401, 403, 404 and the like."""
    if not isinstance(error, AnyHTTPException):
        raise error
    say = _say(request)
    if error.status_code == 404 and "incident_id" in request.path_params:
        text = say.text("No incident of this id is stored. What began just now is here a few minutes later.")
        return _page(request, 404, text)
    return _page(request, error.status_code, _sentence(error.status_code, say))


async def malformed(request: Request, _error: Exception) -> Response:
    """A value in the address that is none."""
    return _page(request, 400, _sentence(400, _say(request)))


async def unable(request: Request, error: Exception) -> Response:
    """What a person can mend; the log has the sentence, which may name files of the server."""
    say = _say(request)
    log.warning("a page was answered with an error: %s", error)
    if isinstance(error, NoSnapshot):
        text = say.text(
            "Nothing has been published yet, or it cannot be opened. The first run of toban_sync_incidents "
            "publishes what these pages show."
        )
        return _page(request, 503, text)
    return _page(request, 503, _sentence(503, say))


async def broken(request: Request, _error: Exception) -> Response:
    """What nobody foresaw; the server logs it, for Starlette raises it again after this answer."""
    answer = _page(request, 500, _sentence(500, _say(request)))
    answer.headers.update(HEADERS)
    return answer


HANDLERS = {
    AnyHTTPException: refused,
    RequestValidationError: malformed,
    UsageError: malformed,
    TobanError: unable,
    Exception: broken,
}


async def at_the_door(request: Request, error: HTTPException) -> Response:
    """Nobody is logged in, or the request came from elsewhere."""
    return await refused(request, error)


def _page(request: Request, status: int, text: str) -> Response:
    login = f"{request.app.state.login}?{urlencode({'next': str(request.url)})}" if status == 401 else None
    return render(request, "problem.html", status, text=text, login=login)


def _say(request: Request) -> Language:
    return language(language_code(request))


def _sentence(status: int, say: Language) -> str:
    if status == 400:
        return say.text("This address holds a value that cannot be read. Choose it anew from the filters.")
    if status == 401:
        return say.text("Log in to Airflow to see this page.")
    if status == 403:
        return say.text("You may not see this page. Who manages Airflow can give you the permission.")
    if status in {404, 405}:
        return say.text("There is nothing at this address.")
    return say.text("This page could not be made. The log of Airflow's API server says why.")

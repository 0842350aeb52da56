"""The app that outsiders speak to: routes with secrets of their own; a refusal is a bare number."""

import logging
from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toban.errors import TobanError

log = logging.getLogger(__name__)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_receivers(routers: Sequence[APIRouter]) -> FastAPI:
    """An app of these routes: anything else is 404 or 405, any error a bare 503 and a line in the log."""
    app = FastAPI(docs_url=None, openapi_url=None, redoc_url=None, redirect_slashes=False)
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(TobanError, _unable)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(_SecurityHeaders)
    return app


async def _refuse(_request: Request, error: Exception) -> Response:
    """Of FastAPI's and of ours; only its number and headers (Allow) go out."""
    if not isinstance(error, HTTPException):
        raise error
    return Response(status_code=error.status_code, headers=error.headers)


async def _malformed(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


async def _unable(_request: Request, error: Exception) -> Response:
    """What a person can mend; the sender tries again meanwhile."""
    log.warning("a request was answered 503: %s", error)
    return Response(status_code=503)


async def _broken(_request: Request, _error: Exception) -> Response:
    """What nobody foresaw; the server logs it, for Starlette raises it again after this answer."""
    return Response(status_code=503, headers=HEADERS)


class _SecurityHeaders:
    """Adds HEADERS to each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)

"""The door in front of every route, page, file and wrong address: nobody passes without a login.

It stands before the router, so that no route can forget it.
"""

from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from toban.web.insights.visitors import Who

READING = {"GET", "HEAD", "OPTIONS"}
Refuse = Callable[[Request, HTTPException], Awaitable[Response]]


class Door:
    """Asks ``who`` it is, and lets a request that changes something in only from a page of our own."""

    def __init__(self, app: ASGIApp, who: Who, refuse: Refuse, own_hosts: Collection[str]) -> None:
        self._app, self._who, self._refuse, self._own_hosts = app, who, refuse, own_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # the app's own start and end; it has no web sockets
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            self._require_own_origin(request)
            request.state.visitor = await self._who(request)
        except HTTPException as error:
            await (await self._refuse(request, error))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _require_own_origin(self, request: Request) -> None:
        """Browsers name the page that a form or a script came from; another site's may not speak here."""
        if request.method in READING:
            return
        origin = _host(request.headers.get("origin", ""))
        if origin not in {request.headers.get("host"), *self._own_hosts} or not origin:
            raise HTTPException(403)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""

"""The pages without Airflow: whoever a header names is logged in."""

import asyncio
from collections.abc import Sequence

import httpx
from fastapi import FastAPI, HTTPException, Request

from toban.web.insights.app import create_insights
from toban.web.insights.sections import Section
from toban.web.insights.visitors import Visitor

HOST = "http://airflow.example"


async def who(request: Request) -> Visitor:
    """Everybody whom the header names; who is called lead may see persons."""
    name = request.headers.get("x-user")
    if not name:
        raise HTTPException(401)
    return Visitor(name, sees_persons=name == "lead")


def app_of(sections: Sequence[Section] = ()) -> FastAPI:
    return create_insights(sections, who, login="/api/v2/auth/login")


def browser(app: FastAPI, user: str | None = "viewer", **headers: str) -> httpx.Client:
    """What a person of that name sees; nobody for None. A fault of the app is a page, as for a person."""
    named = {"x-user": user} if user else {}
    return httpx.Client(transport=_Within(app), base_url=HOST, headers=named | headers)


class _Within(httpx.BaseTransport):
    """Asks the app without a network."""

    def __init__(self, app: FastAPI) -> None:
        self._app = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._app.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())

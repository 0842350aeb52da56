"""A PagerDuty that gives prepared answers, one after the other, and remembers what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from sandbox_server import running
from toban.clients.pagerduty import PagerDuty


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]


@dataclass
class Scripted:
    """The answers still to be given; the last one is repeated."""

    answers: list[Response]
    asked: list[Asked] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.api_route("/{path:path}", methods=["GET", "POST", "PUT"])
        async def answer(request: Request) -> Response:
            query = list(request.query_params.multi_items())
            self.asked.append(Asked(request.method, request.url.path, query, dict(request.headers)))
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

        return app


def good(value: Any, **headers: str) -> Response:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Response(orjson.dumps(value), media_type="application/json", headers=named)


def bad(status: int, body: bytes = b"", **headers: str) -> Response:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Response(body, status_code=status, media_type="application/json", headers=named)


@contextmanager
def scripted(*answers: Response, **options: Any) -> Iterator[tuple[PagerDuty, Scripted]]:
    """A client of such a PagerDuty; its waiting is written down instead of done."""
    script = Scripted(list(answers))
    with running(script.app()) as url:
        yield PagerDuty("u+SecretToken123", url, sleep=script.slept.append, **options), script

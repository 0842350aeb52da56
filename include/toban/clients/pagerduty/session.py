"""One request to PagerDuty over pdpyras, without pdpyras's own retries.

pdpyras repeats a 429 without end and ignores when the limit resets, so its retries are off and
`calls` owns the waiting. Moving to its successor `pagerduty` is a change in this file alone.
"""

import logging
import warnings
from dataclasses import dataclass
from typing import Any

with warnings.catch_warnings():
    # It says that it is frozen and names its successor. That is known: only this file would change.
    warnings.filterwarnings("ignore", message='The package "pdpyras" is deprecated')
    import pdpyras


Query = dict[str, str | list[str]]  # pdpyras adds [] to the names of lists


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers that count down the rate limit, and the bytes."""

    status: int
    headers: dict[str, str]
    content: bytes


class NoAnswerError(Exception):
    """The connection failed, timed out or broke off; never leaves this package."""


class Session:
    """Sends requests with the token; each call of `send` is exactly one HTTP request."""

    def __init__(self, token: str, url: str, from_email: str | None, timeout_s: float) -> None:
        self._pdpyras: pdpyras.PDSession = pdpyras.APISession(token, default_from=from_email)
        self._prepare(url, timeout_s)

    def _prepare(self, url: str, timeout_s: float) -> None:
        self._pdpyras.url = url.rstrip("/")
        self._pdpyras.timeout = timeout_s
        self._pdpyras.max_network_attempts = 0
        self._pdpyras.max_http_attempts = -1  # with `retry`, hands out a first 429 instead of repeating it
        self._pdpyras.retry = {429: 1}
        self._pdpyras.log = _silent()
        self._pdpyras.postprocess = _nothing  # it keeps statistics per route that nobody reads
        self._take_environment_once()

    def _take_environment_once(self) -> None:
        """Proxies and certificates as the environment says; asked for each request, they cost a tenth of it.

        A .netrc is not read at all: it would put a password in place of the token.
        """
        found = self._pdpyras.merge_environment_settings(self._pdpyras.url, {}, None, None, None)
        self._pdpyras.proxies, self._pdpyras.verify = found["proxies"], found["verify"]
        self._pdpyras.trust_env = False

    def send(self, method: str, path: str, query: Query, body: Any, as_user: str | None = None) -> Answer:
        """The answer to one request, whatever its status; raises NoAnswerError without one.

        ``as_user`` is the e-mail in whose name it is, instead of the usual one.
        """
        more: dict[str, Any] = {} if body is None else {"json": body}
        if as_user is not None:
            more["headers"] = {"From": as_user}
        try:
            response = self._pdpyras.request(method, "/" + path.lstrip("/"), params=query, **more)
        except pdpyras.PDHTTPError as error:
            response = error.response  # a 401; its own message shows the end of the token
        except pdpyras.PDClientError as error:
            raise NoAnswerError(type(error.__cause__ or error).__name__) from None
        return Answer(response.status_code, dict(response.headers.lower_items()), response.content)


class EventsSession(Session):
    """The same for the Events API, which knows no token: each event carries its own routing key."""

    def __init__(self, url: str, timeout_s: float) -> None:
        # It wants a key for what it sends by `post`; `request` puts none into events.
        self._pdpyras = pdpyras.EventsAPISession("none")
        self._prepare(url, timeout_s)


def _nothing(_: Any) -> None:
    """In place of pdpyras's own look at each answer."""


def _silent() -> logging.Logger:
    """pdpyras reports each answer it hands out as one too many attempts; `calls` says it rightly."""
    logger = logging.Logger("pdpyras")
    logger.disabled = True
    return logger

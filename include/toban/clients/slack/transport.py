"""Calls Slack's Web API: repeats what may be done twice, and what may not only while nothing was done."""

import json
import logging
import random
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import Request, proxy_bypass, urlopen

from slack_sdk import WebClient

from toban.clients.slack.outcome import SlackNotDone, SlackUnsure, sorted_out
from toban.errors import SlackUnavailable

log = logging.getLogger(__name__)

T = TypeVar("T")
Answer = dict[str, Any]

# Where Slack takes answers to what people pressed; the second for governments' workspaces.
RESPONSE_PLACES = (("https", "hooks.slack.com"), ("https", "hooks.slack-gov.com"))
TRIES = 5
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 8.0
LONGEST_RETRY_AFTER_S = (
    60.0  # Slack's windows last a minute; told to wait longer, a caller should come back later
)


class Transport:
    """One token at one address; ``sleep`` is how it waits between tries, of which there are ``tries``.

    Told by Slack to wait longer than ``longest_wait_s``, it gives up at once.
    """

    def __init__(
        self,
        token: str,
        url: str,
        *,
        timeout_s: int,
        sleep: Callable[[float], None],
        tries: int = TRIES,
        longest_wait_s: float = LONGEST_RETRY_AFTER_S,
    ) -> None:
        # No retry handlers: slack_sdk's own would repeat a chat.postMessage whose answer was lost.
        self._client = WebClient(token, base_url=api_address(url), timeout=timeout_s, retry_handlers=[])
        if proxy_bypass(urlsplit(url).hostname or ""):
            self._client.proxy = None  # slack_sdk reads HTTP_PROXY without NO_PROXY
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._tries, self._longest_wait_s = tries, longest_wait_s

    def call(self, method: str, *, about: str = "", **arguments: Any) -> Answer:
        """For what may be done twice: reads and edits. Raises SlackUnavailable in the end, and SlackRefused.

        ``about`` is the channel or person, for a refusal's sentence. Arguments that are None are left out.
        """
        return self._repeat(method, lambda: self._ask(method, about, arguments), (SlackNotDone, SlackUnsure))

    def call_once(
        self, method: str, *, before: Callable[[], None], about: str = "", **arguments: Any
    ) -> Answer:
        """For what must happen once. ``before`` runs right before each try, after all waiting, and may raise.

        Raises SlackUnsure when Slack may have done it, SlackUnavailable when it has not, SlackRefused.
        """

        def attempt() -> Answer:
            before()
            return self._ask(method, about, arguments)

        return self._repeat(method, attempt, (SlackNotDone,))

    def call_at_once(self, method: str, *, about: str = "", **arguments: Any) -> Answer:
        """One try, for what is too late a moment later. Raises SlackUnavailable, SlackRefused."""
        return self._ask(method, about, arguments)

    def respond(self, url: str, content: Answer) -> None:
        """One try to say something at a response_url. Raises SlackUnavailable."""
        if not self._is_slacks(url):
            raise SlackUnavailable(f"A response_url leads to {urlsplit(url).hostname}, which is not Slack.")

        def send() -> None:
            body = json.dumps(content).encode()
            request = Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 - looked at above
            urlopen(request, timeout=self._timeout_s).close()  # noqa: S310 - the same

        sorted_out("the response_url", "", send)

    def _is_slacks(self, url: str) -> bool:
        """Slack's own place for answers, or the server that this client was given as its Slack."""
        asked, api = urlsplit(url), urlsplit(self._client.base_url)
        return (asked.scheme, asked.netloc) in {*RESPONSE_PLACES, (api.scheme, api.netloc)}

    def send_bytes(self, url: str, content: bytes) -> None:
        """A file's bytes to the address that Slack gave for them; may be done twice."""

        def send() -> None:
            request = Request(url, data=content, headers={"Content-Type": "application/octet-stream"})  # noqa: S310 - Slack gave the address
            urlopen(request, timeout=self._timeout_s).close()  # noqa: S310 - the same

        self._repeat("the upload", lambda: sorted_out("the upload", "", send), (SlackNotDone, SlackUnsure))

    def _ask(self, method: str, about: str, arguments: Answer) -> Answer:
        given = {name: value for name, value in arguments.items() if value is not None}
        # Blocks and metadata are nested, which only JSON carries; older reads understand only forms.
        nested = method.startswith("chat.") and method != "chat.getPermalink"
        how: dict[str, Any] = {"json": given} if nested else {"params": given}
        response = sorted_out(method, about, lambda: self._client.api_call(method, **how))
        body = response.data if isinstance(response.data, dict) else {}
        return {**body, "headers": {name.lower(): value for name, value in response.headers.items()}}

    def _repeat(self, method: str, attempt: Callable[[], T], on: tuple[type[SlackUnavailable], ...]) -> T:
        tried = 0
        while True:
            try:
                return attempt()
            except on as error:
                tried += 1
                self._sleep(self._pause(method, tried, error))

    def _pause(self, method: str, tried: int, error: SlackUnavailable) -> float:
        """Seconds to wait before the next try; raises SlackUnavailable when there should be none."""
        asked = error.retry_after_s if isinstance(error, SlackNotDone) else None
        if tried >= self._tries or (asked or 0) > self._longest_wait_s:
            times = "once" if tried == 1 else f"{tried} times"
            raise SlackUnavailable(f"{error}; {method} was tried {times}, try again later.") from None
        log.info("%s; trying again", error)
        return _wait_before(tried, asked)


def _wait_before(tried: int, asked: float | None) -> float:
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads retries, guards nothing
    return (
        asked + jitter / 2 if asked is not None else min(FIRST_PAUSE_S * 2**tried, LONGEST_PAUSE_S) * jitter
    )


def api_address(url: str) -> str:
    """An address without a path, as a connection's host gives it, means Slack's usual path."""
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/api/"

"""Socket Mode: presses come over a WebSocket that is opened from here; no public address is needed."""

import logging
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from toban.clients.slack.outcome import sorted_out
from toban.clients.slack.refusals import TOKEN_CODES
from toban.clients.slack.transport import api_address
from toban.errors import SlackRefused, TobanError

log = logging.getLogger(__name__)

Hear = Callable[[dict[str, Any]], tuple[dict[str, Any] | None, bool]]
LOOK_S = 0.5  # how soon a stop is noticed
NOT_LET_IN = (
    "Slack does not accept the app-level token ({code}); put one (xapp-…) with the scope connections:write "
    "into the Airflow connection toban_slack_app, or into TOBAN_SLACK_APP_TOKEN."
)


def open_socket(app_token: str, url: str) -> None:
    """Ask Slack for a socket's address and leave it unused: whether the token would do.

    Raises SlackRefused and SlackUnavailable.
    """
    web = _web(url)
    _let_in(lambda: web.apps_connections_open(app_token=app_token))


class SocketMode:
    """One connection, renewed by slack_sdk whenever Slack or the network ends it.

    ``hear`` gets each interaction's payload and gives what Slack is answered, and whether it was news: then
    ``after`` runs, once Slack was answered. Where ``hear`` raises a TobanError, Slack hears nothing: it asks
    another connection, or tells the person.
    """

    def __init__(
        self, app_token: str, url: str, hear: Hear, after: Callable[[], None], *, ping_s: float = 5.0
    ) -> None:
        web = _web(url)
        self._client = SocketModeClient(app_token, logger=_quiet(), web_client=web, ping_interval=ping_s)
        if web.proxy is None:
            self._client.proxy = None  # it reads the environment again
        self._hear = hear
        self._after = after
        self._client.socket_mode_request_listeners.append(self._on_request)

    def run(self, stop: threading.Event) -> None:
        """Listen until ``stop`` is set; raises SlackRefused or SlackUnavailable if it cannot begin."""
        try:
            _let_in(self._client.connect)
            while not stop.wait(LOOK_S):
                pass
        finally:
            self._close()

    def _close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # slack_sdk's own
        self._client.current_session_state.terminated = (
            True  # `close` leaves the thread that receives running
        )
        self._client.current_session_runner.shutdown()  # type: ignore[no-untyped-call]  # the same

    def _on_request(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            answer, is_new = self._hear(request.payload) if request.type == "interactive" else (None, False)
        except TobanError as error:
            log.warning("a press was not taken: %s", error)
            return
        try:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))
        except SlackClientNotConnectedError:
            log.warning("a press was taken, but the connection was gone: Slack sends it again")
        if is_new:
            self._after()


def _web(url: str) -> WebClient:
    web = WebClient(base_url=api_address(url), timeout=10)
    if proxy_bypass(urlsplit(url).hostname or ""):
        web.proxy = None  # slack_sdk reads HTTP_PROXY without NO_PROXY
    return web


def _let_in(connect: Callable[[], object]) -> None:
    try:
        sorted_out("apps.connections.open", "this app", connect)
    except SlackRefused as error:
        if error.code in TOKEN_CODES:
            raise SlackRefused(NOT_LET_IN.format(code=error.code), code=error.code) from None
        raise


def _quiet() -> logging.Logger:
    """slack_sdk tells of each renewal; only its warnings matter here."""
    logger = logging.getLogger("slack_sdk.socket_mode")
    logger.setLevel(logging.WARNING)
    return logger

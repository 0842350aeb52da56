"""Socket Mode: WebSockets that the app opens, over which clicks reach it without a public address."""

import asyncio
import json
import secrets
import time
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from toban.sandbox.slack.names import APP

PATIENCE_S = 3.0  # an envelope must be acknowledged within three seconds
TICKET_S = 30.0  # the address of a connection works once, soon after it was given
MOST_CONNECTIONS = 10  # of one app at the same time
REASONS = ("refresh_requested", "warning", "link_disabled", "too_many_websockets")
ANSWERABLE = ("view_submission", "block_suggestion")  # an acknowledgement of these may carry an answer

Acknowledgement = dict[str, Any]


class Connection:
    """One WebSocket, and which of its envelopes still wait for their acknowledgement."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: dict[str, asyncio.Future[Acknowledgement | None]] = {}

    async def say(self, message: dict[str, Any]) -> None:
        """Send one message; a connection that has gone meanwhile is no error."""
        try:
            await self._socket.send_text(json.dumps(message))
        except (WebSocketDisconnect, RuntimeError):
            self.lose()

    async def ask(self, envelope: dict[str, Any]) -> Acknowledgement | None:
        """Send an envelope and wait for its acknowledgement; None: none in time, or the connection closed."""
        waiting = self._waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        await self.say(envelope)
        try:
            return await asyncio.wait_for(waiting, PATIENCE_S)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def listen(self) -> None:
        """Take acknowledgements until the connection closes."""
        try:
            while True:
                self._hear(await self._socket.receive_text())
        except WebSocketDisconnect:
            self.lose()

    def lose(self) -> None:
        """Nobody will acknowledge anything here any more."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(None)

    async def close(self) -> None:
        """Close the connection, if it is not closed yet."""
        try:
            await self._socket.close()
        except RuntimeError:
            self.lose()

    def _hear(self, text: str) -> None:
        try:
            acknowledged = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(acknowledged.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(acknowledged)


class Sockets:
    """The app's connections; like Slack's, they do not outlive the session."""

    def __init__(self) -> None:
        self._tickets: dict[str, float] = {}
        self._open: list[Connection] = []
        self._turn = 0
        self.acknowledged = self.resent = self.lost = 0

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    def ticket(self) -> str:
        """What admits one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = time.monotonic()
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket admits a connection; it is used up by that."""
        given = self._tickets.pop(ticket, None)
        return given is not None and time.monotonic() - given <= TICKET_S

    async def hold(self, socket: WebSocket) -> None:
        """Serve an accepted connection until it closes."""
        connection = Connection(socket)
        if len(self._open) >= MOST_CONNECTIONS:
            await connection.say(_goodbye("too_many_websockets"))
            await connection.close()
            return
        self._open.append(connection)
        try:
            await connection.say(_hello(len(self._open)))
            await connection.listen()
        finally:
            self._forget(connection)

    async def send(self, payload: dict[str, Any]) -> Acknowledgement | None:
        """Send an interaction, on another connection where one did not acknowledge; None: nobody did.

        The acknowledgement holds the app's answer under "payload", if it gave one.
        """
        envelope = _envelope(payload)
        tried: list[Connection] = []
        while connection := self._next(tried):
            self.resent += bool(tried)
            tried.append(connection)
            acknowledged = await connection.ask(envelope)
            if acknowledged is not None:
                self.acknowledged += 1
                return acknowledged
        self.lost += 1
        return None

    async def disconnect(self, reason: str, close_after_s: float) -> None:
        """Tell every connection to go, as Slack does about hourly, and close it a little later.

        Without a reason it is closed without a word, as a broken network does.
        """
        leaving = list(self._open)
        if reason:
            for connection in leaving:
                await connection.say(_goodbye(reason))
            await asyncio.sleep(close_after_s)
        for connection in leaving:
            self._forget(connection)
            await connection.close()

    def _next(self, tried: list[Connection]) -> Connection | None:
        """Any connection, as Slack chooses: here they take turns."""
        left = [each for each in self._open if each not in tried]
        self._turn += 1
        return left[self._turn % len(left)] if left else None

    def _forget(self, connection: Connection) -> None:
        connection.lose()
        if connection in self._open:
            self._open.remove(connection)


def _envelope(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "envelope_id": secrets.token_hex(16),
        "type": "interactive",
        "accepts_response_payload": payload["type"] in ANSWERABLE,
        "payload": payload,
    }


def _hello(connections: int) -> dict[str, Any]:
    debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600}
    told = {"type": "hello", "num_connections": connections, "debug_info": debug}
    return {**told, "connection_info": {"app_id": APP}}


def _goodbye(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}

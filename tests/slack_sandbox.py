"""The sandbox's Slack, served over HTTP, with short words for what tests order and ask."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox_server import running
from toban.sandbox.slack import Workspace, create_app

PEOPLE = (
    {"name": "Aiko Tanaka", "email": "aiko@example.com", "tz": "Asia/Tokyo"},
    {"name": "Ben Ito", "email": "ben@example.com", "tz": "Asia/Tokyo"},
)
CHANNELS = ("oncall", "reports")


@dataclass(frozen=True)
class SlackSandbox:
    """A running sandbox. ``url`` is what a client is given."""

    url: str
    workspace: Workspace

    def fault(self, kind: str, path: str, times: int = 1, **more: Any) -> None:
        """Let the next calls of methods that begin with ``path`` meet a fault; see the sandbox's KINDS."""
        self._order("faults", {"kind": kind, "path": path, "times": times, **more})

    def fair_weather(self) -> None:
        """No more faults."""
        httpx.delete(f"{self.url}/_sandbox/faults").raise_for_status()

    def scopes(self, *without: str) -> None:
        """Take scopes away from the app."""
        self._order("scopes", {"scopes": sorted(self.workspace.scopes - set(without))})

    def rates(self, mode: str) -> None:
        """Choose how strict the rate limits are."""
        self._order("rates", {"mode": mode})

    def latency(self, ms: int) -> None:
        """Make every answer come later."""
        self._order("latency", {"ms": ms})

    def calls(self) -> dict[str, int]:
        """How often each method was called."""
        answer: dict[str, int] = httpx.get(f"{self.url}/_sandbox/calls").raise_for_status().json()
        return answer

    def messages(self, channel: str | None = "oncall") -> list[dict[str, Any]]:
        """What stands in a channel (None: in all), oldest first, replies too."""
        chosen = {} if channel is None else {"channel": channel}
        answer = httpx.get(f"{self.url}/_sandbox/messages", params=chosen).raise_for_status()
        messages: list[dict[str, Any]] = answer.json()
        return messages

    def keys(self, channel: str = "oncall") -> list[str]:
        """The keys of the messages in a channel, oldest first."""
        return [each["metadata"]["event_payload"]["key"] for each in self.messages(channel)]

    def _order(self, what: str, order: dict[str, Any]) -> None:
        httpx.post(f"{self.url}/_sandbox/{what}", json=order).raise_for_status()


@contextmanager
def slack_sandbox(
    people: Iterable[Mapping[str, Any]] = PEOPLE,
    channels: Iterable[str | Mapping[str, Any]] = CHANNELS,
    rates: str = "off",
) -> Iterator[SlackSandbox]:
    """A fresh workspace on a free port, for the length of a `with` block."""
    workspace = Workspace.for_people(people, channels)
    with running(create_app(workspace, rates=rates)) as url:
        yield SlackSandbox(url, workspace)

"""A client that notes its pauses instead of making them, against the sandbox over HTTP."""

from collections.abc import Iterator

import pytest

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.slack import Slack


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    """A fresh workspace."""
    with slack_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def naps() -> list[float]:
    """Seconds that the client would have waited."""
    return []


@pytest.fixture
def slack(sandbox: SlackSandbox, naps: list[float]) -> Slack:
    """A client of that workspace."""
    return Slack("xoxb-test", sandbox.url, timeout_s=1, sleep=naps.append)

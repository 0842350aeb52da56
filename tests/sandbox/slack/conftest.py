"""A workspace of three people, its server, and Slack's own client talking to it."""

from collections.abc import Iterator

import httpx
import pytest
from slack_sdk import WebClient

from sandbox_server import running
from toban.sandbox.slack import Workspace, create_app

PEOPLE = (
    {"name": "Aiko Tanaka", "email": "aiko@example.com", "tz": "Asia/Tokyo"},
    {"name": "Ben Carter", "email": "ben@example.com", "tz": "America/New_York"},
    {"name": "Gone Person", "email": "gone@example.com", "tz": "UTC", "deleted": True},
)
CHANNELS = (
    "#oncall",
    "#alerts",
    {"name": "secret", "is_private": True, "is_member": False},
    {"name": "outside", "is_member": False},
    {"name": "old", "is_archived": True},
)
GROUPS = ({"handle": "oncall-people", "name": "On call", "users": ["aiko@example.com"]},)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.for_people(PEOPLE, CHANNELS, GROUPS)


@pytest.fixture
def url(workspace: Workspace) -> Iterator[str]:
    with running(create_app(workspace)) as base_url:
        yield base_url


@pytest.fixture
def slack(url: str) -> WebClient:
    return WebClient("xoxb-test", base_url=f"{url}/api/", timeout=5)


@pytest.fixture
def sandbox(url: str) -> Iterator[httpx.Client]:
    """The server's own doors: /_sandbox and the page."""
    with httpx.Client(base_url=url, timeout=5) as client:
        yield client


@pytest.fixture
def oncall(workspace: Workspace) -> str:
    """The id of #oncall."""
    return workspace.channel_id("oncall")

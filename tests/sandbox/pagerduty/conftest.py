"""A world with its clock, and a client of its server."""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.pagerduty.account import Clock, small_world
from sandbox_server import running
from toban.sandbox.pagerduty import World, create_app

HEADERS = {"Authorization": "Token token=test", "From": "aiko@example.com"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return small_world(clock)


@pytest.fixture
def api(world: World) -> Iterator[httpx.Client]:
    """A client with a key, and with a From header, of an account whose clock only moves by hand."""
    with (
        running(create_app(world, ticking=False)) as url,
        httpx.Client(base_url=url, headers=HEADERS) as client,
    ):
        yield client

"""The ping arrives, or leaves one warning without the address; it never raises and never takes long."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from sandbox_server import running
from toban.clients.heartbeat import Heartbeat

SECRET = "0123-secret-4567"


class Switch:
    """A dead man's switch; counts pings and answers with ``status``."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.pings: list[str] = []

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        if scope["type"] != "http":
            return
        self.pings.append(f"{scope['method']} {scope['path']}")
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b"OK"})


@contextmanager
def dripping() -> Iterator[str]:
    """A server whose answer goes on and on: each byte comes in time, the last one never."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=_drip, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/{SECRET}"


def _drip(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError):
        for _ in range(100):
            connection.send(b"H")
            time.sleep(0.05)


def test_a_ping_is_one_get_to_the_address() -> None:
    switch = Switch()
    with running(switch) as url:
        assert Heartbeat(f"{url}/{SECRET}").ping()
    assert switch.pings == [f"GET /{SECRET}"]


def test_without_an_address_nothing_happens(caplog: pytest.LogCaptureFixture) -> None:
    assert not Heartbeat(None).ping()
    assert caplog.text == ""


@pytest.mark.parametrize("status", [404, 500])
def test_a_refusal_is_one_warning_with_its_number_and_without_the_address(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with running(Switch(status)) as url:
        assert not Heartbeat(f"{url}/{SECRET}").ping()
    assert [record.levelname for record in caplog.records if record.name.startswith("toban")] == ["WARNING"]
    assert f"HTTP {status}" in caplog.text
    assert SECRET not in caplog.text


def test_a_switch_that_never_ends_its_answer_costs_no_more_than_the_time_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with dripping() as url:
        begun = time.monotonic()
        assert not Heartbeat(url, timeout_s=0.3).ping()
    assert time.monotonic() - begun < 3
    assert len(caplog.records) == 1
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        f"file:///etc/{SECRET}",
        f"{SECRET} is no address",
        f"http://127.0.0.1:1/{SECRET}",
        f"https://[broken/{SECRET}",
        f"http://127.0.0.1:99999/{SECRET}",
        f"http://127.0.0.1:1/{SECRET} \n x",
        f"http://no-such-host.invalid/{SECRET}",
        "http://",
    ],
)
def test_an_address_that_cannot_be_reached_is_one_warning(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert not Heartbeat(address).ping()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert SECRET not in caplog.text

"""Serves an ASGI app on a free loopback port for the length of a `with` block."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

START_S = 10.0  # far more than a start takes; only a broken app reaches it


@contextmanager
def running(app: Callable[..., Any]) -> Iterator[str]:
    """Yields the base URL, `http://127.0.0.1:PORT`, once the app answers; stops it afterwards."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(_quiet(app))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_S)
        listener.close()


def _quiet(app: Callable[..., Any]) -> uvicorn.Config:
    """No logs: cut answers are ordered by tests. One second lets slow answers end before they are dropped."""
    return uvicorn.Config(app, log_config=None, log_level="critical", timeout_graceful_shutdown=1)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the app did not start: look at its lifespan or its imports")
        time.sleep(0.01)

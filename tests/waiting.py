"""Waiting for what another thread or process does, however busy the machine is."""

import time
from collections.abc import Callable

PATIENCE_S = 30


def wait_until(condition: Callable[[], bool]) -> None:
    """Return once ``condition()`` holds; fail when it does not within ``PATIENCE_S``."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"nothing happened for {PATIENCE_S} seconds"
        time.sleep(0.01)

"""Ten people before the pages: each asks, reads for two seconds, asks again, now and then the same."""

import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from insights_addresses import PAGES, Addresses
from insights_server import LOGIN

USERS, THINKING_S = 10, 2.0
AGAIN = 0.25  # so many of the pages are ones that were read before
PATIENCE_S = 60


@dataclass(frozen=True)
class Visit:
    """``again`` says that the address was asked for before in this snapshot, by anybody."""

    page: str
    again: bool
    ms: float


@contextmanager
def serving(directory: Path) -> Iterator[str]:
    """The address of the pages over that warehouse."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = Path(__file__).with_name("insights_server.py")
    server = subprocess.Popen([sys.executable, str(script), str(directory), str(port)])
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not _answers(url):
        if time.monotonic() > deadline or server.poll() is not None:
            sys.exit("The pages did not start.")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, headers=LOGIN, timeout=PATIENCE_S).is_success
    except httpx.TransportError:
        return False


class Crowd:
    """The users, and what they met."""

    def __init__(self, url: str, addresses: Addresses) -> None:
        self._url, self._addresses = url, addresses
        self._lock, self._chance = threading.Lock(), random.Random(2)
        self._asked: dict[str, bool] = {}  # address -> whether it was answered
        self.visits: list[Visit] = []

    def read(self, seconds: float) -> None:
        """Let everybody read for so long."""
        end = time.monotonic() + seconds
        with ThreadPoolExecutor(USERS) as readers:
            list(readers.map(lambda number: self._read_until(end, number), range(USERS)))

    def _read_until(self, end: float, number: int) -> None:
        time.sleep(number * THINKING_S / USERS)  # they do not all come at the same moment
        with httpx.Client(base_url=self._url, headers=LOGIN, timeout=PATIENCE_S) as browser:
            while time.monotonic() < end:
                self._visit(browser)
                time.sleep(THINKING_S)

    def _visit(self, browser: httpx.Client) -> None:
        address, again = self._next()
        began = time.perf_counter()
        answer = browser.get(address)
        ms = 1000 * (time.perf_counter() - began)
        assert answer.status_code == httpx.codes.OK, f"{address} answered {answer.status_code}"
        with self._lock:
            self._asked[address] = True
            self.visits.append(Visit(_page(address), again, ms))

    def _next(self) -> tuple[str, bool]:
        """An address, and whether it was answered before; one that is just being worked out is not taken."""
        with self._lock:
            answered = [address for address, known in self._asked.items() if known]
            if answered and self._chance.random() < AGAIN:
                return self._chance.choice(answered), True
            address = self._addresses.draw()
            while address in self._asked:
                address = self._addresses.draw()
            self._asked[address] = False
            return address, False


def _page(address: str) -> str:
    path = urlsplit(address).path
    return path if path in PAGES else "/incidents/"

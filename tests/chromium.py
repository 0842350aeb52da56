"""A real Chromium without a window, driven over its debugging protocol."""

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import connect

PATIENCE_S = 60  # far more than anything takes; a page that hangs fails with what it said so far
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-port=0",
)


def program() -> str | None:
    """Where Chromium or Chrome is; None where neither is installed."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@contextmanager
def chromium(profile: Path) -> Iterator["Tab"]:
    """A browser with one tab for the length of a `with` block."""
    executable = program()
    assert executable
    command = [executable, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connect(_tab_address(profile), max_size=None) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _tab_address(profile: Path) -> str:
    told = profile / "DevToolsActivePort"
    deadline = time.monotonic() + PATIENCE_S
    while not (told.exists() and "\n" in told.read_text()):
        assert time.monotonic() < deadline, "Chromium did not start"
        time.sleep(0.1)
    port = told.read_text().splitlines()[0]
    tabs = httpx.get(f"http://127.0.0.1:{port}/json/list").json()
    return str(next(tab for tab in tabs if tab["type"] == "page")["webSocketDebuggerUrl"])


class Tab:
    """One tab; ``faults`` are console errors, exceptions, violated policies and answers that failed."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._loaded = False
        self.faults: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.order(f"{domain}.enable")
        self.order("Emulation.setFocusEmulationEnabled", enabled=True)

    def order(self, method: str, **params: Any) -> dict[str, Any]:
        """Give an order and wait for its result."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(PATIENCE_S))
            if told.get("id") == self._number:
                assert "error" not in told, told
                return dict(told["result"])
            self._note(told)

    def go(self, url: str) -> None:
        """Open an address and wait until it and what belongs to it are there."""
        self._loaded = False
        self.order("Page.navigate", url=url)
        while not self._loaded:
            self._note(json.loads(self._socket.recv(PATIENCE_S)))
        self.order("Runtime.evaluate", expression="1")  # so that what the scripts complained of has come in

    def ask(self, expression: str) -> Any:
        """The value of an expression of the page, awaited where it is a promise."""
        result = self.order(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """The expression's value, once it is true."""
        deadline = time.monotonic() + PATIENCE_S
        while not (value := self.ask(expression)):
            assert time.monotonic() < deadline, f"{expression} stayed {value!r}; faults: {self.faults}"
            time.sleep(0.1)
        return value

    def look(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Be a screen of that size, in light or dark."""
        self.order(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        chosen = "dark" if dark else "light"
        self.order("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": chosen}])

    def speak(self, language: str) -> None:
        """Ask for pages in that language."""
        self.order("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})

    def press(self, key: str) -> None:
        """Press and release a key."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27}
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self.order(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=codes[key],
                **text,
            )

    def picture(self, path: Path) -> None:
        """The whole page as a PNG."""
        taken = self.order("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def _note(self, told: dict[str, Any]) -> None:
        method, params = told.get("method"), told.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            self.faults.append(str(params["exceptionDetails"].get("exception", {}).get("description")))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.faults.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        elif method == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.faults.append(str(params["args"]))

"""A language model for tests: a real HTTP server that answers as it is told, and keeps what it was asked."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class ModelServer:
    """``answers`` makes its text of what it is asked about; ``raw`` goes before that."""

    url: str = ""
    answers: Callable[[str], str] = lambda data: data
    raw: bytes | None = None
    status: int = 200
    drip_s: float = 0.0
    wait_s: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def body(self, asked: dict[str, Any]) -> bytes:
        """What is sent back."""
        if self.raw is not None:
            return self.raw
        data = asked["messages"][1]["content"].split("\n", 1)[1].rsplit("\n", 1)[0]
        return json.dumps({"choices": [{"message": {"content": self.answers(data)}}]}).encode()


@contextmanager
def model_server(**told: Any) -> Iterator[ModelServer]:
    """On loopback, until the end of the block."""
    made = ModelServer(**told)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            made.asked.append(json.loads(self.rfile.read(length)))
            made.headers.append({name.lower(): value for name, value in self.headers.items()})
            time.sleep(made.wait_s)
            content = made.body(made.asked[-1])
            self.send_response(made.status)
            self.send_header("location", made.url + "/elsewhere")
            self.end_headers()
            try:
                self._send(content)
            except OSError:
                return  # whoever asked has given up

        def _send(self, content: bytes) -> None:
            if not made.drip_s:
                self.wfile.write(content)
                return
            for at in range(len(content)):
                self.wfile.write(content[at : at + 1])
                self.wfile.flush()
                time.sleep(made.drip_s)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()

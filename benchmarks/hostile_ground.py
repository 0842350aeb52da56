"""Where hostile statements are tried: a warehouse, a file with a canary, and a port that counts visitors."""

import os
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from toban.clients.console.console import Console
from toban.domain.console.nouns import Result
from toban.errors import ConsoleFull, QueryRefused, QueryStopped

CANARY = "the-canary-sings-4711"
MOST_MB, MOST_S = 512, 5.0
PLACES = ("secret", "folder", "port", "snapshot")


@dataclass
class Verdict:
    """How one statement went; ``through`` is empty, or says what it got."""

    kind: str
    statement: str
    outcome: str
    seconds: float
    resident_mb: int
    through: list[str] = field(default_factory=list)


@dataclass
class Ground:
    """``console`` asks a warehouse beside ``folder``, in which a file holds the canary."""

    console: Console
    warehouse: Path
    folder: Path
    visits: list[str] = field(default_factory=list)
    port: int = 0

    def try_one(self, kind: str, statement: str, *, must_be_refused: bool) -> Verdict:
        """Ask it, and see what it read, wrote, reached and took."""
        before, began = self._files(), time.monotonic()
        outcome, result = self._ask(self._placed(statement))
        seconds = time.monotonic() - began
        resident = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        verdict = Verdict(kind, statement[:120], outcome, seconds, resident)
        signs = {
            "answered": must_be_refused and result is not None,
            "read": CANARY in outcome or (result is not None and CANARY in repr(result)),
            "wrote": self._files() != before,
            "reached": bool(self.visits),
            "memory": resident > MOST_MB,
            "time": seconds > MOST_S,
        }
        verdict.through = [name for name, seen in signs.items() if seen]
        return verdict

    def _ask(self, statement: str) -> tuple[str, Result | None]:
        try:
            result = self.console.ask(statement, who="mallory")
        except (QueryRefused, QueryStopped, ConsoleFull) as error:
            return f"{type(error).__name__}: {error}", None
        return f"{len(result.rows)} rows", result

    def _placed(self, statement: str) -> str:
        snapshot = next((self.warehouse / "snapshots").glob("*.duckdb"))
        values = (self.folder / "secret.csv", self.folder, self.port, snapshot)
        for name, value in zip(PLACES, values, strict=True):
            statement = statement.replace(f"{{{name}}}", str(value))
        return statement.replace("{{", "{").replace("}}", "}")

    def _files(self) -> dict[str, tuple[int, int]]:
        """Every file that could be written, with its size and when it was changed."""
        found = [file for place in (self.folder, self.warehouse) for file in place.rglob("*")]
        return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in found}


@contextmanager
def ground(console: Console, warehouse: Path, folder: Path) -> Iterator[Ground]:
    """The folder filled, the port open and the canary in the environment, as a password would be."""
    folder.mkdir(exist_ok=True)
    (folder / "secret.csv").write_text(f"secret\n{CANARY}\n", encoding="utf-8")
    os.environ["TOBAN_CANARY"] = CANARY
    made = Ground(console, warehouse, folder)
    with socket.create_server(("127.0.0.1", 0)) as server:
        made.port = server.getsockname()[1]
        threading.Thread(target=_count, args=(server, made.visits), daemon=True).start()
        try:
            yield made
        finally:
            server.shutdown(socket.SHUT_RDWR)
            del os.environ["TOBAN_CANARY"]


def _count(server: socket.socket, visits: list[str]) -> None:
    while True:
        try:
            visitor, address = server.accept()
        except OSError:  # closed
            return
        visits.append(str(address))
        visitor.close()

"""The console's engine as the pages see it: a question, and the answer or the reason why there is none."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from toban.clients.console.process import ask_child
from toban.clients.console.turns import Turns
from toban.clients.warehouse.layout import Layout
from toban.domain.console.nouns import LONGEST_STATEMENT, SHOWN, Column, Limits, Result
from toban.domain.console.places import place_of
from toban.errors import NoSnapshot, QueryRefused, QueryStopped

DEADLINE_S = 4.5  # killed, cleared away and told within 5 s
# A snapshot stays for two publications after its own: whoever misses three is unlucky beyond reason.
ATTEMPTS = 3
MOST_VALUES = 4_000_000  # of a result, those within lists included
SENTENCES = {
    "statement": "The statement holds {name}, but exactly one SELECT is answered; send that alone.",
    "function": "The function {name} is not available here; what it reads lies outside of the data.",
    "table": "The table {name} is not available here; it is about the server, not about the data.",
    "file": "{name} is the name of a file, and files are not read here; name a table.",
    "deep": "The statement is nested too deeply; write it with common table expressions (WITH).",
    "long": "The statement is longer than {name} bytes; write it shorter.",
    "zero": "The statement holds a character with the code 0; take it out.",
    "engine": "{message}",
}


class Console:
    """Queries on the published snapshots of a warehouse, each in a process of its own.

    Threads may ask at the same time.
    """

    def __init__(
        self, directory: Path, *, deadline_s: float = DEADLINE_S, turns: Turns | None = None
    ) -> None:
        self._layout = Layout(Path(directory))
        self._deadline_s = deadline_s
        self._turns = turns or Turns(at_once=2, waiting=8, each=3, patience_s=15)

    def ask(self, sql: str, *, who: str, restricted: bool = False, limits: Limits = SHOWN) -> Result:
        """Run one SELECT for ``who``; ``restricted`` is the snapshot with what concerns persons.

        Raises QueryRefused where the statement may not or cannot be run, QueryStopped where it took more
        than a query may, ConsoleFull when too many are asked at once, NoSnapshot before the first
        publication.
        """
        if len(sql.encode(errors="replace")) > LONGEST_STATEMENT:
            raise _refused(sql, {"code": "long", "name": str(LONGEST_STATEMENT)})
        if "\0" in sql:  # DuckDB would read up to it and leave out the rest
            offset = len(sql[: sql.index("\0")].encode(errors="replace"))
            raise _refused(sql, {"code": "zero", "offset": offset})
        with self._turns.take(who):
            began = time.monotonic()
            lines = self._lines(sql.encode(errors="replace").decode(), restricted, limits)
            return _result(sql, lines, began)

    def _lines(self, sql: str, restricted: bool, limits: Limits) -> list[dict[str, Any]]:
        for _ in range(ATTEMPTS):
            pointer = self._layout.pointer()
            path = self._layout.directory / (pointer.restricted if restricted else pointer.general)
            request = {"snapshot": str(path.absolute()), "sql": sql}
            output = ask_child(request, limits, self._deadline_s)
            _require_few_values(output)
            lines = list(_parsed(output))
            if lines != [{"gone": True}]:
                return lines
        raise NoSnapshot(
            f"{path} cannot be opened, though current.json names it; toban sync publishes it again."
        )


def _require_few_values(output: bytes) -> None:
    """Python's objects take up to fifty times the text's bytes: millions of empty lists are 32 MB of JSON."""
    if sum(output.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        raise QueryStopped("The result is larger than may be shown; select fewer columns.", code="size")


def _parsed(output: bytes) -> Iterator[dict[str, Any]]:
    """The last line of a process that was ended by a limit may be half a line."""
    for line in output.split(b"\n"):
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            return


def _result(sql: str, lines: list[dict[str, Any]], began: float) -> Result:
    last = lines[-1] if lines else {}
    if "refused" in last:
        raise _refused(sql, last["refused"])
    if "end" not in last:  # also where the kernel ended it: a failed allocation is not always caught
        raise QueryStopped("The query took more memory than it may; ask for less at once.", code="memory")
    columns = [Column(name, kind) for name, kind in lines[0]["columns"]]
    rows = [row for line in lines for row in line.get("rows", ())]
    return Result(columns, rows, bool(last["end"]["truncated"]), time.monotonic() - began)


def _refused(sql: str, told: Mapping[str, Any]) -> QueryRefused:
    place = place_of(sql, told.get("offset"))
    return QueryRefused(
        SENTENCES[told["code"]].format(name=told.get("name"), message=told.get("message")),
        code=told["code"],
        name=told.get("name", ""),
        place=(place.line, place.column) if place else None,
    )

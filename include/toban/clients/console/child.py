"""The process that runs one query and ends: a request on standard input, lines of JSON on standard output.

DuckDB's own limits do not hold: functions such as levenshtein heed neither its time-out nor an interrupt,
and others take gigabytes beside its memory limit. So the operating system limits this process, and whoever
started it kills it at the deadline. It writes nothing: not even what it cannot hold in memory.

First line: ``{"columns": [[name, type], …]}``, then ``{"rows": […]}`` and ``{"end": {"truncated": …}}``;
or ``{"refused": {"code", "name", "message", "offset"}}``, ``{"stopped": "memory"}``, ``{"gone": true}``.
"""

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import Any

# DuckDB imports these for values of theirs, which takes a second and 100 MB; there are none here.
sys.modules.update({"numpy": None, "pandas": None})  # type: ignore[dict-item]

import duckdb  # noqa: E402

from toban.domain.console.gate import Refusal, refusal_of  # noqa: E402

MEGABYTE = 1024 * 1024
ADDRESS_SPACE = 768 * MEGABYTE
# What may be written to in memory; with the program's own text, half a gigabyte stays resident at most.
DATA = 440 * MEGABYTE
# Below the address space, so that DuckDB usually says so itself before an allocation fails.
ENGINE_MEMORY = "256MB"
THREADS = "2"
LIMITS = {
    resource.RLIMIT_AS: ADDRESS_SPACE,
    resource.RLIMIT_DATA: DATA,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 16,
}
CONFIG = {
    "access_mode": "READ_ONLY",
    "memory_limit": ENGINE_MEMORY,
    "threads": THREADS,
    "temp_directory": "",  # nothing is spilled to disk
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "enable_external_access": "false",
    "python_enable_replacements": "false",  # a table's name never means a variable of this program
}
SETTINGS = (
    "set timezone = 'UTC'",
    "set errors_as_json = true",  # with the place in the statement
    "set lock_configuration = true",
)
ROWS_AT_ONCE = 200
LARGEST_EXACT = 2**53  # JSON's readers hold integers in floating point


def main() -> None:
    """Answer the request."""
    request = json.load(sys.stdin)
    try:
        _limit(request["deadline_s"])
        connection = _open(request["snapshot"])
        if connection is None:
            _say({"gone": True})
        else:
            _answer(connection, request)
    except (duckdb.OutOfMemoryException, MemoryError):
        _say({"stopped": "memory"})
    except duckdb.Error as error:
        _say({"refused": _in_words(error)})
    # Without ending in an orderly way: memory is short, and what is open is only read.
    sys.stdout.flush()
    os._exit(0)


def _limit(deadline_s: float) -> None:
    signal.alarm(int(deadline_s) + 2)  # whoever started this may have been killed
    seconds = int(deadline_s * int(THREADS)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with suppress(OSError):
        _write("/proc/self/oom_score_adj", "1000")  # where memory is short, this goes first
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    os.nice(5)  # behind the pages


def _write(path: str, text: str) -> None:
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def _open(path: str) -> duckdb.DuckDBPyConnection | None:
    """None when the snapshot has been replaced meanwhile."""
    try:
        connection = duckdb.connect(path, config=CONFIG)
    except duckdb.IOException:
        return None
    for setting in SETTINGS:
        connection.execute(setting)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))  # DuckDB's threads are there now; no program follows
    return connection


def _answer(connection: duckdb.DuckDBPyConnection, request: dict[str, Any]) -> None:
    sql = request["sql"]
    refusal = _refusal(connection, sql)
    if refusal:
        _say({"refused": refusal})
        return
    result = connection.execute(sql)
    columns = [[name, str(kind)] for name, kind, *_ in result.description or ()]
    _say({"columns": columns})
    truncated = _send_rows(result, request["rows"], request["size"])
    _say({"end": {"truncated": truncated}})


def _refusal(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any] | None:
    """Why this is not answered, by DuckDB's own parser."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        kinds = ", ".join(statement.type.name for statement in statements) or "nothing"
        return _told("statement", kinds)
    row = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    try:
        tree = json.loads(row[0]) if row else {}
    except RecursionError:
        return _told("deep")
    if tree.get("error", True):
        return _told("statement", "PRAGMA")
    refusal = refusal_of(tree)
    return _told_of(refusal) if refusal else None


def _told_of(refusal: Refusal) -> dict[str, Any]:
    return _told(refusal.code, refusal.name, offset=refusal.offset)


def _told(code: str, name: str = "", message: str = "", offset: int | None = None) -> dict[str, Any]:
    return {"code": code, "name": name, "message": message, "offset": offset}


def _send_rows(result: duckdb.DuckDBPyConnection, rows: int, size: int) -> bool:
    """Whether there were more rows than so many, or more bytes of JSON."""
    while batch := result.fetchmany(ROWS_AT_ONCE):
        lines = [_json(row) for row in batch[: max(rows, 0)]]
        fitting = _fitting(lines, size)
        sys.stdout.write(f'{{"rows": [{", ".join(lines[:fitting])}]}}\n')
        if fitting < len(batch):
            return True
        rows -= len(batch)
        size -= sum(map(len, lines))
    return False


def _fitting(lines: list[str], size: int) -> int:
    for count, line in enumerate(lines):
        size -= len(line)
        if size < 0:
            return count
    return len(lines)


def _json(row: tuple[Any, ...]) -> str:
    return json.dumps([_plain(value) for value in row], ensure_ascii=True, allow_nan=False)


def _plain(value: Any) -> Any:
    """A value as JSON has it; what JSON has not is text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < LARGEST_EXACT else str(value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _in_words(error: duckdb.Error) -> dict[str, Any]:
    """DuckDB's own words, and where in the statement they belong."""
    kind, _, rest = str(error).partition(": ")
    try:
        told = json.loads(rest)
    except ValueError:
        return _told("engine", message=str(error))
    offset = told.get("position")
    return _told(
        "engine", message=f"{kind}: {told['exception_message']}", offset=int(offset) if offset else None
    )


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()

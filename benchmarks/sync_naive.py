"""What most first attempts do: list incidents, then ask for the log of each. Runs in .venv-bench.

python sync_naive.py URL SINCE UNTIL WINDOWS DIRECTORY
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import orjson
import requests
from sync_dlt import cut

PAGE = 100


def pages(session: requests.Session, url: str, key: str, **params: Any) -> Iterator[list[dict[str, Any]]]:
    """All pages of one list."""
    offset = 0
    while True:
        response = session.get(url, params={**params, "limit": PAGE, "offset": offset}, timeout=30)
        response.raise_for_status()
        answer = response.json()
        yield answer[key]
        if not answer["more"]:
            return
        offset += PAGE


def main() -> None:
    url, since, until, pieces, directory = sys.argv[1:]
    session = requests.Session()
    session.headers["Authorization"] = "Token token=bench"
    incidents: dict[str, dict[str, Any]] = {}
    for begin, end in cut(since, until, int(pieces)):
        for page in pages(session, f"{url}/incidents", "incidents", since=begin, until=end):
            incidents |= {incident["id"]: incident for incident in page}
    files = {name: Path(directory) / f"{name}.jsonl" for name in ("incidents", "log_entries")}
    with files["incidents"].open("wb") as out:
        out.writelines(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in incidents.values())
    with files["log_entries"].open("wb") as out:
        for incident_id in incidents:
            entries = pages(session, f"{url}/incidents/{incident_id}/log_entries", "log_entries")
            out.writelines(
                orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for page in entries for one in page
            )
    connection = duckdb.connect(f"{directory}/naive.duckdb")
    for name, file in files.items():
        connection.execute(
            f"create table {name} as select * from read_json('{file}', format = 'newline_delimited')"
        )


if __name__ == "__main__":
    main()

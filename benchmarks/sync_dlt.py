"""dlt's rest_api source into DuckDB: incidents and the account's log entries. Runs in .venv-bench.

    python sync_dlt.py URL SINCE UNTIL WINDOWS DIRECTORY merge|append

dlt pages by offset and cannot go beyond PagerDuty's 10,000 rows, so it is handed WINDOWS pieces of equal
length, which are known to stay below. Incidents are read from /incidents, and not once more with every entry,
which is the lighter way for it. It asks serially, as PagerDuty wants; everything else is dlt's default.
"""

import sys
from datetime import datetime
from itertools import pairwise
from typing import Any

import dlt
from dlt.sources.rest_api import rest_api_resources

PAGES = {"type": "offset", "limit": 100, "offset": 0, "total_path": None, "has_more_path": "more"}


def config(url: str, windows: list[tuple[str, str]], disposition: str) -> dict[str, Any]:
    """One resource per table and window; those of a table share its name."""
    resources = []
    for table, more in (("incidents", {}), ("log_entries", {"include[]": "channels"})):
        for number, (since, until) in enumerate(windows):
            resources.append(
                {
                    "name": f"{table}_{number:03d}",
                    "table_name": table,
                    "primary_key": "id",
                    "write_disposition": disposition,
                    "parallelized": False,
                    "endpoint": {
                        "path": table,
                        "data_selector": table,
                        "params": {"since": since, "until": until, **more},
                    },
                }
            )
    client = {
        "base_url": url,
        "auth": {
            "type": "api_key",
            "name": "Authorization",
            "api_key": "Token token=bench",
            "location": "header",
        },
        "headers": {"Accept": "application/vnd.pagerduty+json;version=2"},
        "paginator": PAGES,
    }
    return {"client": client, "resources": resources}


def cut(since: str, until: str, pieces: int) -> list[tuple[str, str]]:
    """Pieces of equal length; a row at a seam is read twice, and merged or counted once."""
    begin, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
    moments = [begin + (end - begin) * number / pieces for number in range(pieces + 1)]
    texts = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments]
    return list(pairwise(texts))


def main() -> None:
    url, since, until, pieces, directory, disposition = sys.argv[1:]
    pipeline = dlt.pipeline(
        "pagerduty",
        pipelines_dir=f"{directory}/pipelines",
        dataset_name="pagerduty",
        destination=dlt.destinations.duckdb(f"{directory}/dlt.duckdb"),
    )
    pipeline.run(rest_api_resources(config(url, cut(since, until, int(pieces)), disposition)))


if __name__ == "__main__":
    main()

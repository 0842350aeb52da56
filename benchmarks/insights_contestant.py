"""One engine answers the weekly trend: incidents, and how long until acknowledged and until resolved.

python benchmarks/insights_contestant.py toban|pandas|polars|sqlite SOURCE RUNS

SOURCE is the warehouse for Toban, for the others a Parquet or CSV file of the same incidents. Loading them in
the form that suits the engine is timed apart. Prints one JSON object.
"""

import csv
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

Rows = list[list[object]]  # Monday in Tokyo, incidents; n, mean, median, p90, p95 of MTTA; of MTTR
Query = Callable[[], Rows]
ZONE, TOKYO_AHEAD_S = "Asia/Tokyo", 9 * 3600
MEASURES = ("seconds_to_acknowledge", "seconds_to_resolve")
MONDAY = date(1970, 1, 5)
SHARES = (0.5, 0.9, 0.95)
WEEK = f"(begun_s + {TOKYO_AHEAD_S} - 4 * 86400) / 604800"
# Between the two values that a percentile lies between, in proportion, as all engines here do.
PERCENTILE = """
    max(case when place = cast({share} * (n - 1) as int) then s end)
    + ({share} * (n - 1) - cast({share} * (n - 1) as int))
    * (max(case when place = min(cast({share} * (n - 1) as int) + 1, n - 1) then s end)
    - max(case when place = cast({share} * (n - 1) as int) then s end))
"""
ONE_MEASURE = """
    select week, count(*) as n, avg(s) as mean, {p50} as p50, {p90} as p90, {p95} as p95
    from (
        select {week} as week, {measure} as s,
            row_number() over (partition by {week} order by {measure}) - 1 as place,
            count(*) over (partition by {week}) as n
        from incidents where {measure} is not null
    )
    group by week
"""


def toban(source: str) -> Query:
    from toban import open_snapshot  # noqa: PLC0415 - in its own environment alone
    from toban.clients.warehouse import metrics  # noqa: PLC0415 - the same

    spread = [[f"{key}_{of}_s" for of in ("mean", "p50", "p90", "p95")] for key in ("mtta", "mttr")]
    names = ("bucket", "incidents", "acknowledged", *spread[0], "resolved", *spread[1])

    snapshot = open_snapshot(source)

    def query() -> Rows:
        rows = metrics(snapshot, by=("week",), time_zone=ZONE)
        return [[row[name] for name in names] for row in rows]

    return query


def pandas(source: str) -> Query:
    import pandas as pd  # noqa: PLC0415 - the same

    frame = pd.read_parquet(source)

    def query() -> Rows:
        week = frame["created_at"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.to_period("W").dt.start_time
        grouped = frame.groupby(week)[list(MEASURES)]
        told = [frame.groupby(week).size()]
        counted, mean, spread = grouped.count(), grouped.mean(), grouped.quantile(list(SHARES)).unstack()
        for measure in MEASURES:
            told += [counted[measure], mean[measure], *(spread[measure, share] for share in SHARES)]
        return [[day.date(), *values] for day, *values in pd.concat(told, axis=1).itertuples()]

    return query


def polars(source: str) -> Query:
    import polars as pl  # noqa: PLC0415 - the same

    frame = pl.read_parquet(source)
    week = pl.col("created_at").dt.convert_time_zone(ZONE).dt.truncate("1w").dt.date().alias("week")
    told = [pl.len().alias("incidents")]
    for column in (pl.col(measure) for measure in MEASURES):
        told += [column.count().name.suffix(" n"), column.mean().name.suffix(" mean")]
        told += [column.quantile(share, "linear").name.suffix(f" {share}") for share in SHARES]
    asked = frame.lazy().group_by(week).agg(told).sort("week")
    return lambda: [list(row) for row in asked.collect().rows()]


def sqlite(source: str) -> Query:
    database = sqlite3.connect(":memory:")
    database.execute(
        f"create table incidents (begun_s integer, {MEASURES[0]} integer, {MEASURES[1]} integer)"
    )
    with Path(source).open(encoding="utf-8", newline="") as file:
        rows = ([value or None for value in row] for row in csv.reader(file))
        database.executemany("insert into incidents values (?, ?, ?)", rows)
    percentiles = {f"p{round(100 * share)}": PERCENTILE.format(share=share) for share in SHARES}
    acknowledged, resolved = (
        ONE_MEASURE.format(week=WEEK, measure=measure, **percentiles) for measure in MEASURES
    )
    asked = f"""
        select c.week, c.incidents, a.n, a.mean, a.p50, a.p90, a.p95, r.n, r.mean, r.p50, r.p90, r.p95
        from (select {WEEK} as week, count(*) as incidents from incidents group by 1) as c
        left join ({acknowledged}) as a on a.week = c.week
        left join ({resolved}) as r on r.week = c.week
        order by c.week
    """
    return lambda: [[MONDAY + timedelta(weeks=row[0]), *row[1:]] for row in database.execute(asked)]


def main() -> None:
    engine, source, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    begun = time.perf_counter()
    query = {"toban": toban, "pandas": pandas, "polars": polars, "sqlite": sqlite}[engine](source)
    loaded, taken, rows = time.perf_counter() - begun, [], []
    for _ in range(runs):
        begun = time.perf_counter()
        rows = query()
        taken.append(time.perf_counter() - begun)
    print(json.dumps({"load_s": loaded, "query_s": taken, "peak_mb": _peak_mb(), "rows": rows}, default=str))


def _peak_mb() -> int:
    """What this program held at most; getrusage would tell what its parent held, if that was more."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()

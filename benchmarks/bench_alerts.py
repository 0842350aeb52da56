"""How soon an alert is a mention in Slack: a real Airflow on PostgreSQL, the sandbox, real limits of Slack.

    make bench-alerts         # 50 one by one, 5 without webhooks, a storm of 1,000: about 15 minutes
    make bench-alerts-short   # the same with few, about 3 minutes

Its last line is one JSON object. It fails where an incident is missing in Slack, stands there twice or rang
more than once; how long things take depends on the machine, and is shown beside what was asked for.
"""

import argparse
import json
import os
import random
import sys
import time
from typing import Any

from alerts_measures import answers, during_a_pass, floor, one_by_one, polled, storm
from alerts_station import ALERTS, Station, station, wait_until

ASKED = {
    "webhook_p50_s": 1.2,
    "webhook_p95_s": 2.5,
    "poll_max_s": 65,
    "webhook_answer_p99_s": 0.2,
    "storm_first_s": 3,
    "storm_all_s": 60,
    "storm_answer_max_s": 1,
    "storm_missing": 0,
    "storm_duplicates": 0,
    "storm_mentions": 1,
}
MUST = ("storm_missing", "storm_duplicates", "storm_mentions")
PARTS = ("floor", "webhook", "during", "answers", "poll", "storm")


def main() -> None:
    asked = _arguments()
    chance = random.Random(asked.seed)
    figures: dict[str, Any] = {}
    begun = time.monotonic()
    with station(_say) as at:
        _say(f"everything runs after {time.monotonic() - begun:.0f} s")
        figures |= measure(at, asked, chance)
    figures["load"] = round(os.getloadavg()[0], 1)
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in figures.items()}
    print(table(rounded))
    print(json.dumps(rounded))
    sys.exit(any(key in rounded and rounded[key] != ASKED[key] for key in MUST))


def measure(at: Station, asked: argparse.Namespace, chance: random.Random) -> dict[str, Any]:
    """Part after part; the alert DAG sleeps while the floor is measured."""
    figures: dict[str, Any] = {}

    def take(name: str, part: Any, *arguments: Any) -> None:
        if name in asked.only:
            found = part(at, *arguments)
            _say(f"{name}, with a load of {os.getloadavg()[0]:.1f}: {json.dumps(found)}")
            figures.update(found)

    take("floor", floor, asked.floor, chance)
    at.api.unpause(ALERTS)
    wait_until(at.passes, 120, "no alert pass has ended")  # the first of all looks at nothing before it
    take("webhook", one_by_one, asked.incidents, chance)
    take("during", during_a_pass, asked.during, chance)
    take("answers", answers, asked.seconds)
    take("poll", polled, asked.polls, chance)
    take("storm", storm, asked.storm, asked.storm_seconds)
    return figures


def table(figures: dict[str, Any]) -> str:
    """Markdown: each figure beside what was asked for."""
    lines = ["| figure | measured | asked |", "|---|---:|---:|"]
    lines += [f"| {key} | {value} | {ASKED.get(key, '')} |" for key, value in figures.items()]
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--incidents", type=int, default=50, help="one by one, with webhooks")
    parser.add_argument("--floor", type=int, default=50, help="runs of the empty task")
    parser.add_argument("--polls", type=int, default=5, help="incidents without webhooks")
    parser.add_argument("--during", type=int, default=10, help="incidents that fire while a pass runs")
    parser.add_argument("--seconds", type=int, default=30, help="of ten webhooks each")
    parser.add_argument("--storm", type=int, default=1_000, help="incidents in it")
    parser.add_argument("--storm-seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

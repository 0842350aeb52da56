"""Each thing that is measured, on a station that runs. All moments are of one machine's clock."""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

import httpx
from alerts_company import SERVICE
from alerts_slack import heads, messages, naming, twice
from alerts_station import FLOOR, Station, wait_until

SOON_S, A_MINUTE_S = 30.0, 130.0
AFTER_A_PASS_S = 5.0  # passes begin when a minute does
TITLE = "queue grows on shop"
_numbers = count(1)


def percentile(values: list[float], part: int) -> float:
    """Of a hundred parts; the largest where there are too few to tell."""
    return quantiles(values, n=100, method="inclusive")[part - 1] if len(values) > 1 else max(values)


def floor(at: Station, times: int, chance: random.Random) -> dict[str, Any]:
    """An empty task, woken the same way: from the request to its first line, and from the answer."""
    at.api.unpause(FLOOR)
    from_request, from_answer = [], []
    for number in range(times + 1):
        asked = time.time()
        httpx.post(f"{at.airflow_url}/floor-receive/floor", timeout=30).raise_for_status()
        answered = time.time()
        wait_until(lambda n=number: len(_marks(at)) > n, SOON_S, "the empty task did not begin", 0.05)
        began = _marks(at)[number]
        if number:  # the first run loads what all later ones find loaded
            from_request.append(began - asked)
            from_answer.append(began - answered)
        time.sleep(chance.uniform(2, 6))
    return {
        "floor_p50_s": median(from_request),
        "floor_p95_s": percentile(from_request, 95),
        "floor_from_answer_p50_s": median(from_answer),
    }


def _marks(at: Station) -> list[float]:
    return [float(line) for line in at.mark.read_text().split()] if at.mark.exists() else []


def one_by_one(at: Station, times: int, chance: random.Random) -> dict[str, Any]:
    """From the webhook's departure to the mention's moment in Slack."""
    took = []
    for _ in range(times):
        incident_id = at.fire(f"disk full on db-{next(_numbers)}")
        took.append(_mentioned_at(at, incident_id, SOON_S) - _queued_at(at, incident_id))
        time.sleep(chance.uniform(0.5, 3))
        at.change(incident_id, status="resolved")
        time.sleep(chance.uniform(1, 5))
    return {"webhook_p50_s": median(took), "webhook_p95_s": percentile(took, 95), "webhook_max_s": max(took)}


def during_a_pass(at: Station, times: int, chance: random.Random) -> dict[str, Any]:
    """A second incident half a second after a first one, whose pass is running then."""
    took = []
    for _ in range(times):
        first = at.fire(f"first {next(_numbers)}")
        time.sleep(0.5)
        second = at.fire(f"second {next(_numbers)}")
        took.append(_mentioned_at(at, second, A_MINUTE_S) - _queued_at(at, second))
        for incident_id in (first, second):
            at.change(incident_id, status="resolved")
        time.sleep(chance.uniform(4, 8))
    return {"during_pass_p50_s": median(took), "during_pass_max_s": max(took)}


def polled(at: Station, times: int, chance: random.Random) -> dict[str, Any]:
    """Without webhooks: from the alert to the mention. The first comes right after a pass."""
    at.listening(active=False)
    took = []
    for number in range(times):
        at_second = AFTER_A_PASS_S + 60 * number / times + chance.uniform(0, 3)
        time.sleep((at_second - time.time()) % 60)
        fired = time.time()
        incident_id = at.fire(f"polled {next(_numbers)}")
        took.append(_mentioned_at(at, incident_id, A_MINUTE_S) - fired)
        at.change(incident_id, status="resolved")
    at.listening(active=True)
    return {"poll_max_s": max(took), "poll_p50_s": median(took)}


def answers(at: Station, seconds: int, per_second: int = 10) -> dict[str, Any]:
    """How soon webhooks are answered that come evenly, each one about an incident."""
    begin = time.monotonic() + 0.5

    def one(number: int) -> float:
        body = json.dumps(_event(number)).encode()
        time.sleep(max(0.0, begin + number / per_second - time.monotonic()))
        connection = HTTPConnection(urlsplit(at.webhook_url).netloc, timeout=30)  # anew, as PagerDuty does
        asked = time.monotonic()
        connection.request("POST", urlsplit(at.webhook_url).path, body, at.signed(body))
        status = connection.getresponse().status
        took = time.monotonic() - asked
        connection.close()
        if status != 202:
            raise RuntimeError(f"a webhook was answered {status}")
        return took

    with ThreadPoolExecutor(per_second * 2) as hands:
        took = list(hands.map(one, range(seconds * per_second)))
    return {"webhook_answer_p50_s": median(took), "webhook_answer_p99_s": percentile(took, 99)}


def _event(number: int) -> dict[str, Any]:
    moment = datetime.now(UTC).isoformat()
    return {"event": {"id": f"E{number}", "event_type": "incident.annotated", "occurred_at": moment}}


def storm(at: Station, incidents: int, seconds: float, longest_s: float = 180.0) -> dict[str, Any]:
    """Many in one service: until the first of them stands in Slack, and until all do."""
    at.pagerduty("DELETE", "_sandbox/webhooks/latencies")
    limited = sum(at.slack("limited").values())
    began = time.time()
    order = {"count": incidents, "seconds": seconds, "service": SERVICE, "titles": [TITLE]}
    at.pagerduty("POST", "_sandbox/storm", order)
    wanted: dict[int, str] = {}

    def all_named() -> bool:
        nonlocal wanted
        if len(wanted) < incidents:
            wanted = {number: title for number, title in _open(at).items() if TITLE in title}
        named = naming(messages(at, began))
        return len(wanted) == incidents and all(wanted[one] in named.lines[one] for one in wanted)

    with suppress(TimeoutError):  # then the figures say how many are missing
        wait_until(all_named, longest_s, "not all were named", every_s=1.0)
    time.sleep(5)  # whatever is said twice may come late
    return _storm_figures(at, began, wanted) | {
        "storm_slack_429": sum(at.slack("limited").values()) - limited
    }


def _storm_figures(at: Station, began: float, wanted: dict[int, str]) -> dict[str, Any]:
    found = messages(at, began)
    named = naming(found)
    answered = at.pagerduty("GET", "_sandbox/webhooks/latencies")
    missing = sum(title not in named.lines[number] for number, title in wanted.items())
    return {
        "storm_first_s": named.first_ts - began,
        "storm_all_s": named.last_ts - began if not missing else None,
        "storm_missing": missing,
        "storm_duplicates": sum(named.messages[one] > 1 for one in wanted) + twice(found),
        "storm_mentions": sum(bool(one["rings"]) for one in found),
        "storm_messages": len(found),
        "storm_answer_max_s": max(one["seconds"] for one in answered),
        "storm_answers_refused": sum(one["status"] != 202 for one in answered),
    }


def _open(at: Station) -> dict[int, str]:
    """Number and title of every open incident."""
    found: dict[int, str] = {}
    for offset in count(0, 100):
        query = f"incidents?statuses[]=triggered&date_range=all&limit=100&offset={offset}"
        answer = at.pagerduty("GET", query)
        found |= {one["incident_number"]: one["title"] for one in answer["incidents"]}
        if not answer["more"]:
            break
    return found


def _queued_at(at: Station, incident_id: str) -> float:
    """When the webhook about its beginning set out."""
    told = at.pagerduty("GET", "_sandbox/webhooks/latencies")
    return min(one["queued_at"] for one in told if one["incident_id"] == incident_id)


def _mentioned_at(at: Station, incident_id: str, longest_s: float) -> float:
    """When the message that heads its thread was in Slack; it must have rung somebody."""
    since = time.time() - 5
    found = wait_for_head(at, incident_id, since, longest_s)
    if not found["rings"]:
        raise RuntimeError(f"{incident_id} is in Slack without a mention")
    return float(found["ts"])


def wait_for_head(at: Station, incident_id: str, since: float, longest_s: float) -> dict[str, Any]:
    """The message, once it is there."""
    wait_until(lambda: incident_id in heads(at, since), longest_s, f"{incident_id} is not in Slack")
    return heads(at, since)[incident_id]

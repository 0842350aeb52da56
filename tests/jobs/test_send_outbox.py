"""What monitoring tools handed in reaches PagerDuty, in order, whatever PagerDuty answers meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.pagerduty.account import KEY, Clock, small_world
from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.ledger.outbox import Outbox
from toban.clients.pagerduty import Events
from toban.jobs.send_outbox import PER_MINUTE, Result, pause_after, send_outbox
from toban.sandbox.pagerduty import World, create_app


@dataclass(frozen=True)
class Post:
    """An outbox, and PagerDuty at the other end."""

    url: str
    world: World
    outbox: Outbox
    clock: Clock

    def put(self, *events: tuple[str, str], intake: str = "own") -> None:
        """Pairs of action and dedup key."""
        self.outbox.put(intake, [event(*each) for each in events], now=self.clock.at)

    def send(self, key: str | None = KEY, url: str | None = None, **more: Any) -> Result:
        options = {"clock": self.clock, "budget": timedelta(seconds=20)} | more
        return send_outbox(Events(url or self.url), self.outbox, lambda _: key, ["own"], **options)

    def fault(self, kind: str, times: int = 1) -> None:
        order = {"kind": kind, "path": "/v2/enqueue", "times": times}
        httpx.post(f"{self.url}/_sandbox/faults", json=order).raise_for_status()

    def incidents(self) -> list[tuple[str, str]]:
        """Title and status of each, oldest first."""
        answer = httpx.get(f"{self.url}/incidents", params={"date_range": "all"}, headers=TOKEN)
        return [(each["title"], each["status"]) for each in answer.raise_for_status().json()["incidents"]]


TOKEN = {"Authorization": "Token token=test"}


def event(action: str, key: str) -> dict[str, Any]:
    payload = {"summary": f"Problem {key}", "source": "db-1", "severity": "critical"}
    return {"event_action": action, "dedup_key": key, "payload": payload, "client": "Mackerel"}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    clock = Clock()
    world = small_world(clock)
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.migrate()
    with running(create_app(world, ticking=False)) as url:
        yield Post(url, world, ledger.outbox, clock)


def test_an_alert_opens_an_incident_and_its_end_resolves_it(post: Post) -> None:
    post.put(("trigger", "a"))
    assert post.send() == Result(sent=1)
    assert post.incidents() == [("Problem a", "triggered")]
    post.put(("resolve", "a"))
    post.send()
    assert post.incidents() == [("Problem a", "resolved")]
    assert post.send() == Result(), "what was taken is not sent again"


def test_beginning_and_end_that_wait_together_go_in_order(post: Post) -> None:
    post.put(("trigger", "a"), ("resolve", "a"), ("trigger", "a"))
    assert post.send().sent == 3
    assert post.incidents() == [("Problem a", "resolved"), ("Problem a", "triggered")]


def test_a_tool_that_sends_an_alert_again_makes_no_second_incident(post: Post) -> None:
    post.put(("trigger", "a"))
    post.put(("trigger", "a"))
    post.send()
    assert post.incidents() == [("Problem a", "triggered")]


@pytest.mark.parametrize("kind", ["429", "429-bare", "500", "drop"])
def test_what_pagerduty_does_not_take_waits_longer_each_time_and_is_taken_in_the_end(
    post: Post, kind: str
) -> None:
    post.put(("trigger", "a"), ("resolve", "a"))
    post.fault(kind, times=2)
    assert post.send().unavailable
    assert post.send() == Result(), "not before its time"
    post.clock.pass_by(seconds=5)
    assert post.send().unavailable
    post.clock.pass_by(seconds=5)
    assert post.send() == Result()
    post.clock.pass_by(seconds=5)
    assert post.send() == Result(sent=2)
    assert post.incidents() == [("Problem a", "resolved")]


def test_one_event_after_the_other_tells_that_pagerduty_is_back(post: Post) -> None:
    post.put(("trigger", "a"), ("trigger", "b"))
    post.fault("500")
    post.send()
    assert post.send() == Result(sent=1), "b was put back and is due"
    assert post.incidents() == [("Problem b", "triggered")]


def test_without_any_answer_nothing_is_lost(post: Post) -> None:
    post.put(("trigger", "a"))
    gone = "http://127.0.0.1:9"
    assert "gave no answer" in str(post.send(url=gone).unavailable)
    post.clock.pass_by(seconds=5)
    assert post.send().sent == 1


def test_a_wrong_routing_key_is_refused_in_pagerduty_s_words_and_kept(post: Post) -> None:
    post.put(("trigger", "a"), ("resolve", "a"))
    assert post.send("b" * 32) == Result(refused=2)
    (standing,) = post.outbox.standings()
    assert (standing.refused, standing.waiting) == (2, 0)
    assert "'routing_key' is not the key of an integration" in str(standing.reason)
    assert "b" * 32 not in str(standing.reason)


def test_without_a_routing_key_events_wait(post: Post) -> None:
    post.put(("trigger", "a"))
    assert post.send(None) == Result()
    assert post.send().sent == 1


def test_a_storm_keeps_to_what_pagerduty_takes_a_minute(post: Post) -> None:
    post.put(*[("trigger", f"k{n}") for n in range(PER_MINUTE + 30)])
    assert post.send().sent == PER_MINUTE
    assert post.send().sent == 0
    post.clock.pass_by(seconds=61)
    assert post.send().sent == 30


def test_the_budget_ends_a_long_errand_and_leaves_the_rest_due(post: Post) -> None:
    ticking = iter(range(10_000))
    start = post.clock.at

    def clock() -> datetime:
        return start + timedelta(seconds=next(ticking))

    post.put(*[("trigger", f"k{n}") for n in range(40)])
    first = post.send(clock=clock, budget=timedelta(seconds=15))
    assert 0 < first.sent < 10
    post.clock.pass_by(seconds=20)
    assert post.send().sent == 40 - first.sent


def test_pauses_grow_up_to_five_minutes() -> None:
    pauses = [pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 4, 5, 6, 7, 50)]
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]

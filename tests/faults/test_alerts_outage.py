"""PagerDuty, Slack or both are away or slow for ten minutes: then all is said once, nothing stale rings."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from alert_company import AlertCompany, alert_company, alert_team, words
from toban.errors import RemoteError

MINUTE = timedelta(minutes=1)
FOR_GOOD = 10**6  # so often a fault strikes: until there is fair weather again
REMINDING = {"remind_minutes": [3, 6]}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[AlertCompany]:
    """Nobody escalates: only reminders can ring in vain."""
    with alert_company(tmp_path, alert_team(calling=REMINDING)) as made:
        made.run()
        yield made


@contextmanager
def fair_for_a_moment(shop: AlertCompany, *down: str, kind: str) -> Iterator[None]:
    """People's own ways to PagerDuty stay open while Toban's are shut."""
    shop.fair_weather()
    yield
    begin_outage(shop, *down, kind=kind)


def begin_outage(shop: AlertCompany, *down: str, kind: str = "500") -> None:
    for system in down:
        shop.fault(system, kind=kind, times=FOR_GOOD)


def passes_in_vain(shop: AlertCompany, minutes: int) -> None:
    """Passes go on each minute, though they fail."""
    for _ in range(minutes):
        shop.clock.now += MINUTE
        with suppress(RemoteError):
            shop.run()


def said(shop: AlertCompany, incident_id: str) -> list[str]:
    """The keys of what was said about an incident in messages of its own, ids left out."""
    keys = [one["metadata"]["event_payload"]["key"] for one in shop.messages()]
    return [key.replace(f":{incident_id}", "") for key in keys if incident_id in key]


def rings(shop: AlertCompany, incident_id: str) -> list[str]:
    """The keys of those messages about it that rang somebody."""
    ringing = [one for one in shop.messages() if one["rings"]]
    keys = [one["metadata"]["event_payload"]["key"] for one in ringing]
    return [key.replace(f":{incident_id}", "") for key in keys if incident_id in key]


def assert_nothing_twice(shop: AlertCompany) -> None:
    keys = [one["metadata"]["event_payload"]["key"] for one in shop.messages()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    in_doubt = {claim.key.split(":")[0] for claim in shop.ledger.open_claims()}
    assert in_doubt <= {"reminder"}  # one that nobody needs any more is not looked for


@pytest.mark.parametrize("down", [("pagerduty",), ("slack",), ("pagerduty", "slack")])
def test_after_ten_minutes_without_them_all_is_said_once_and_nothing_stale_rings(
    shop: AlertCompany, down: tuple[str, ...]
) -> None:
    known, taken = shop.fire("known and waiting"), shop.fire("known and taken meanwhile")
    shop.run()
    begin_outage(shop, *down)
    passes_in_vain(shop, 1)
    with fair_for_a_moment(shop, *down, kind="500"):
        shop.change(taken, status="acknowledged")
        shop.note(taken, "on it <!here>")
        fresh, gone = shop.fire("fired meanwhile"), shop.fire("came and went")
        handled = shop.fire("fired and taken meanwhile")
        shop.change(handled, status="acknowledged")
    passes_in_vain(shop, 1)
    with fair_for_a_moment(shop, *down, kind="500"):
        shop.change(gone, status="resolved")
    passes_in_vain(shop, 8)
    shop.fair_weather()
    shop.run()

    assert rings(shop, known) == ["alert", "reminder:0:2"]
    assert rings(shop, taken) == ["alert"]
    assert rings(shop, handled) == rings(shop, gone) == []
    assert "alert" in said(shop, gone)
    assert "alert" in said(shop, handled)
    assert rings(shop, fresh)[:1] == ["alert"]
    text = "\n".join(shop.said())
    for line in ("Acknowledged by Ann after 1 min", "on it &lt;!here&gt;", "Resolved by Ann after 1 min"):
        assert text.count(f" {line}") + text.count(f" noted: {line}") >= 1, line
    assert_nothing_twice(shop)

    before = len(shop.messages())
    shop.clock.now += timedelta(seconds=20)
    shop.run()
    assert len(shop.messages()) == before


@pytest.mark.parametrize("down", ["pagerduty", "slack"])
def test_who_is_called_after_an_outage_is_not_reminded_in_the_same_breath(
    shop: AlertCompany, down: str
) -> None:
    begin_outage(shop, down)
    fired = shop.fire("fired while nobody could be told")
    passes_in_vain(shop, 10)
    shop.fair_weather()
    shop.run()
    assert rings(shop, fired) == ["alert"]
    shop.passes(3)
    assert rings(shop, fired) == ["alert", "reminder:0:1"]


def test_what_is_older_than_fifteen_minutes_at_first_sight_stands_in_a_list_that_rings_nobody(
    shop: AlertCompany,
) -> None:
    begin_outage(shop, "pagerduty")
    old = [shop.fire(f"old {number}") for number in range(3)]
    passes_in_vain(shop, 17)
    young = shop.fire("young")
    shop.fair_weather()
    shop.run()

    assert rings(shop, young) == ["alert"]
    assert [one for each in old for one in rings(shop, each) if one != "list"] == []
    (listed,) = [one for one in shop.messages() if "list:" in one["metadata"]["event_payload"]["key"]]
    assert listed["rings"] == []
    assert all(f"old {number}" in words(listed) for number in range(3))
    assert_nothing_twice(shop)


@pytest.mark.soak
def test_ten_slow_minutes_with_lost_answers_say_everything_once(shop: AlertCompany) -> None:
    """Both take long, and now and then an answer of Slack's does not arrive, or comes in pieces."""
    for url in (shop.pagerduty_url, shop.slack_url):
        httpx.post(f"{url}/_sandbox/latency", json={"ms": 120}).raise_for_status()
    fired = []
    for minute in range(10):
        if minute % 2 == 0:
            fired.append(shop.fire(f"slow {minute}"))
        if minute % 3 == 0:
            shop.fault("slack", kind=("lost", "cut", "lost500", "500")[minute // 3], path="chat.postMessage")
            shop.fault("pagerduty", kind="cut", path="/log_entries")
        if minute == 5:
            shop.change(fired[0], status="acknowledged")
        shop.clock.now += MINUTE
        with suppress(RemoteError):
            shop.run()
    shop.fair_weather()
    shop.passes(2)

    assert all("alert" in said(shop, each) for each in fired)
    assert rings(shop, fired[0]) in (["alert", "reminder:0:1"], ["alert"])
    taken = re.findall(r"Acknowledged by Ann after \d+ min", "\n".join(shop.said()))
    assert len(taken) == 2  # its line and its head
    assert_nothing_twice(shop)

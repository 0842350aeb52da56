"""Alerts of a team that lets likely transients wait: said at once, mentioned at once in any doubt."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alert_company import AlertCompany, alert_company, alert_team, directory
from toban.clients.ledger.threads import Threads
from toban.clients.warehouse import Warehouse
from toban.domain.triage.nouns import Asked, Verdict
from toban.domain.triage.shares import NONE, Shares
from toban.domain.triage.verdict import Judgement, Reason
from toban.errors import LedgerError, SlackUnavailable, WarehouseError
from toban.jobs.triage_alert import Triage, triage_alert
from toban.wiring import triage as wired
from toban.wiring.triage import PassTriage
from triage_samples import NOW, asked, history_of

WAITS = {"remind_minutes": [3, 6], "escalate_after_minutes": 10, "delay_likely_transients_minutes": 5}
NOISE = "Queue of web-5 is long: 12%"
SENTENCE = "Likely resolves by itself; if it is still open, Ann will be mentioned at 03:05."


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Triage:
    warehouse = history_of(tmp_path_factory.mktemp("warehouse"))
    with warehouse.read() as snapshot:
        return triage_alert(snapshot, asked(NOISE), NOW)


def verdict(real: Triage, which: Verdict, reason: Reason = Reason.HISTORY) -> Triage:
    judgement = Judgement(which, reason, 0.95, Shares(NONE, NONE), None, None, "v1")
    return replace(real, judgement=judgement)


@pytest.fixture
def shop(tmp_path: Path, real: Triage) -> Iterator[AlertCompany]:
    with alert_company(tmp_path, alert_team(calling=WAITS)) as made:
        made.triage = lambda *_: verdict(real, Verdict.BY_ITSELF)
        made.run()
        yield made


def mentions(shop: AlertCompany) -> list[str]:
    """The keys of what rings Ann, incidents' ids left out."""
    rung = f"<@{shop.slack_id('PANN')}>"
    said = zip(shop.keys(), shop.said(), strict=True)
    return [key.split(":")[0] for key, text in said if rung in text and not key.startswith("alert:")]


def test_a_likely_transient_is_said_at_once_and_mentions_nobody_yet(shop: AlertCompany) -> None:
    shop.fire(NOISE)
    shop.run()
    assert SENTENCE in shop.said()[0]
    assert "<@" not in "".join(shop.said())


def test_what_resolves_meanwhile_is_never_mentioned(shop: AlertCompany) -> None:
    incident = shop.fire(NOISE)
    shop.passes(3)
    shop.change(incident, status="resolved")
    shop.passes(10)
    assert mentions(shop) == []
    assert "<@" not in "".join(shop.said())


def test_what_is_still_open_is_mentioned_then_once_and_reminded_from_there(shop: AlertCompany) -> None:
    shop.fire(NOISE)
    shop.run()
    shop.passes(4)
    assert mentions(shop) == []
    shop.passes(1)
    assert mentions(shop) == ["call"]
    shop.passes(2)
    assert mentions(shop) == ["call"]
    shop.passes(1)
    assert mentions(shop) == ["call", "reminder"]
    assert "please acknowledge." in shop.said()[0]
    assert "resolves by itself; if" not in shop.said()[0]


def calls(shop: AlertCompany) -> list[str]:
    keys = shop.keys()
    return [key for key in keys if key.startswith("call:")]


@pytest.mark.parametrize("which", [Verdict.UNSURE, Verdict.NEEDS_ACTION])
def test_whatever_is_not_sure_is_mentioned_at_once(shop: AlertCompany, real: Triage, which: Verdict) -> None:
    shop.triage = lambda *_: verdict(real, which)
    shop.fire(NOISE)
    shop.run()
    assert mentions(shop) == ["call"]


def test_the_message_stands_before_the_verdict_is_asked_for_and_the_mention_comes_right_after(
    shop: AlertCompany, real: Triage
) -> None:
    stood: list[tuple[int, float | None]] = []

    def read(_: Asked, __: object, within_s: float | None) -> Triage:
        stood.append((len(shop.said()), within_s))
        return verdict(real, Verdict.NEEDS_ACTION)

    shop.triage = read
    incident = shop.fire(NOISE)
    shop.run()
    assert stood[0] == (1, 1.0)
    assert shop.keys()[:2] == [f"alert:{incident}", f"call:{incident}:0"]


def test_triage_that_fails_or_knows_nothing_delays_nothing(shop: AlertCompany) -> None:
    def broken(*_: object) -> Triage:
        raise WarehouseError("The disk is gone.")

    def faulty(*_: object) -> Triage:
        raise ZeroDivisionError

    for triage in (broken, lambda *_: None, faulty):
        shop.triage = triage
        shop.fire(NOISE)
        shop.run()
    assert mentions(shop) == ["call", "call", "call"]


def test_a_high_priority_is_mentioned_in_the_message_itself_and_no_verdict_is_waited_for(
    tmp_path: Path, real: Triage
) -> None:
    given = directory(priorities=[{"id": "PHIGH", "type": "priority", "name": "P1", "summary": "P1"}])
    with alert_company(tmp_path, alert_team(calling=WAITS), given=given) as shop:
        shop.triage = lambda *_: verdict(real, Verdict.BY_ITSELF)
        shop.run()
        incident = shop.fire(NOISE)
        shop.change(incident, priority={"id": "PHIGH", "type": "priority_reference"})
        shop.run()
        assert f"<@{shop.slack_id('PANN')}> please acknowledge." in shop.said()[0]
        assert calls(shop) == []


def test_a_team_that_did_not_choose_it_is_mentioned_at_once(tmp_path: Path, real: Triage) -> None:
    with alert_company(tmp_path) as shop:
        shop.triage = lambda *_: verdict(real, Verdict.BY_ITSELF)
        shop.run()
        shop.fire(NOISE)
        shop.run()
        assert f"<@{shop.slack_id('PANN')}> please acknowledge." in shop.said()[0]


def test_an_acknowledgement_ends_the_waiting_and_calls_at_once_when_it_runs_out(shop: AlertCompany) -> None:
    incident = shop.fire(NOISE)
    shop.passes(1)
    shop.tell(f"incidents/{incident}/snooze", {"duration": 90})
    shop.passes(1)
    assert calls(shop) == []
    shop.passes(1)
    assert calls(shop) == [f"call:{incident}:1"]


def test_an_escalation_calls_the_next_at_once(shop: AlertCompany) -> None:
    incident = shop.fire(NOISE)
    shop.passes(1)
    shop.change(incident, escalation_level=2)
    shop.passes(1)
    call = next(text for key, text in zip(shop.keys(), shop.said(), strict=True) if key.startswith("call:"))
    assert f"<@{shop.slack_id('PBEN')}> you are called now" in call
    shop.passes(1)
    assert mentions(shop) == []


def test_a_pass_killed_before_it_decided_leads_to_a_mention_at_once(
    shop: AlertCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise LedgerError("killed")

    incident = shop.fire(NOISE)
    with monkeypatch.context() as patch:
        patch.setattr(Threads, "wait", dies)
        with pytest.raises(LedgerError, match="killed"):
            shop.run()
    assert shop.keys() == [f"alert:{incident}"]
    shop.passes(1)
    assert mentions(shop) == ["call"]
    shop.passes(1)
    assert mentions(shop) == ["call"]


def test_a_pass_killed_after_it_decided_waits_all_the_same(
    shop: AlertCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Threads.wait

    def dies(threads: Threads, *arguments: object, **named: object) -> None:
        waits(threads, *arguments, **named)  # type: ignore[arg-type]
        raise LedgerError("killed")

    shop.fire(NOISE)
    with monkeypatch.context() as patch:
        patch.setattr(Threads, "wait", dies)
        with pytest.raises(LedgerError, match="killed"):
            shop.run()
    shop.passes(1)
    assert SENTENCE in shop.said()[0]
    assert mentions(shop) == []
    shop.passes(4)
    assert mentions(shop) == ["call"]


def test_a_slack_that_was_away_for_longer_than_the_wait_mentions_when_it_is_back(shop: AlertCompany) -> None:
    shop.fault("slack", kind="500", path="chat.", times=500)
    shop.fire(NOISE)
    with pytest.raises(SlackUnavailable):
        shop.run()
    shop.fair_weather()
    shop.clock.now += timedelta(minutes=6)
    shop.run()
    assert mentions(shop)[0] == "call"


def test_edits_that_slack_does_not_take_hold_up_no_other_mention(shop: AlertCompany, real: Triage) -> None:
    shop.triage = lambda alert, *_: verdict(
        real, Verdict.BY_ITSELF if alert.text == NOISE else Verdict.NEEDS_ACTION
    )
    shop.fault("slack", kind="500", path="chat.update", times=500)
    shop.fire(NOISE)
    shop.fire("disk full on db-1")
    with pytest.raises(SlackUnavailable):  # once everything else is done
        shop.run()
    assert mentions(shop) == ["call"]
    shop.fair_weather()
    shop.passes(1)
    assert SENTENCE in shop.said()[0]


def test_a_verdict_that_takes_too_long_is_given_up_and_the_next_question_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    warehouse: Warehouse = history_of(tmp_path)

    def slow(*arguments: object) -> Triage:
        assert held.wait(30)
        return triage_alert(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, PassTriage(warehouse) as triage:
        patch.setattr(wired, "triage_alert", slow)
        with pytest.raises(WarehouseError, match=r"took longer than 0.05 s"):
            triage(asked(NOISE), NOW, 0.05)
        held.set()
        found = triage(asked(NOISE), NOW)
    assert found is not None
    assert len(found.nearest) == 5


def test_a_long_query_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse: Warehouse = history_of(tmp_path)
    begun = threading.Event()

    def endless(snapshot: object, *_: object) -> Triage:
        begun.set()
        snapshot.rows("select count(*) from range(10000000000) a, range(1000) b where a.range % 7 = b.range")  # type: ignore[attr-defined]
        raise AssertionError

    with monkeypatch.context() as patch, PassTriage(warehouse) as triage:
        patch.setattr(wired, "triage_alert", endless)
        with pytest.raises(WarehouseError, match="took longer"):
            triage(asked(NOISE), NOW, 2)
        assert begun.is_set()
        patch.setattr(wired, "triage_alert", triage_alert)
        assert triage(asked(NOISE), NOW) is not None

"""What triage says in an alert's thread: after the call, escaped, in the team's language, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from alert_company import AlertCompany, alert_company, alert_team
from toban.clients.warehouse import Warehouse
from toban.domain.alerts.nouns import Incident
from toban.domain.triage.nouns import Asked
from toban.errors import WarehouseError
from toban.jobs.alerting import briefing
from toban.jobs.train_triage import train_triage
from toban.jobs.triage_alert import Triage, triage_alert
from toban.wiring.triage import PassTriage
from triage_samples import NOW, history_of

NOISE, WORK = "Queue of web-5 is long: 12%", "Disk full on web-5: 12%"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = history_of(tmp_path_factory.mktemp("warehouse"))
    train_triage(warehouse, NOW)
    return warehouse


def reading(warehouse: Warehouse) -> Callable[..., Triage]:
    """As if the company's alerts were of the history's first service, at its end."""

    def read(asked: Asked, *_: object) -> Triage:
        with warehouse.read() as snapshot:
            return triage_alert(snapshot, replace(asked, service_id="S1", at=NOW), NOW)

    return read


@pytest.fixture
def shop(tmp_path: Path, warehouse: Warehouse) -> Iterator[AlertCompany]:
    with alert_company(tmp_path) as made:
        made.triage = reading(warehouse)
        made.run()
        yield made


def test_the_briefing_says_verdict_novelty_and_similar_incidents(shop: AlertCompany) -> None:
    shop.fire(NOISE)
    shop.run()
    briefing = shop.said()[1]
    assert ":hourglass: Likely resolves by itself (9" in briefing
    assert "48 of the last 50 like this resolved by themselves, nobody acted" in briefing
    assert "usually after 5 min, nine of ten within 5 min." in briefing
    assert ":repeat: Seen 200 times since 2026-10-16, last on 2026-11-02. Frequent: 100 of" in briefing
    assert briefing.count("resolved by itself after 5 min") == 5


def test_what_was_told_is_kept_as_it_was_told(shop: AlertCompany) -> None:
    shop.fire(NOISE)
    shop.run()
    (told,) = shop.ledger.readings.rows(NOW - timedelta(days=999))
    assert (told["verdict"], told["reason"], told["like_ended"], told["like_of"]) == (
        "by_itself",
        "history",
        48,
        50,
    )
    assert told["probability"] > 0.9
    assert told["model"] == "2026-11-02T03:04:00Z"
    assert (told["runbook_id"], told["by_rule"]) == (None, None)


def test_whoever_is_on_call_is_mentioned_whatever_the_verdict(shop: AlertCompany) -> None:
    shop.fire(NOISE)
    shop.run()
    assert f"<@{shop.slack_id('PANN')}> please acknowledge." in shop.said()[0]
    shop.clock.now += timedelta(minutes=4)
    shop.run()
    assert shop.keys()[2].startswith("reminder:")


def test_the_call_is_out_before_triage_is_asked(shop: AlertCompany) -> None:
    stood: list[list[str]] = []
    read = shop.triage
    shop.triage = lambda asked, *more: (stood.append(shop.said()), read(asked, *more))[1]
    shop.fire(WORK)
    shop.run()
    assert len(stood) == 1
    assert "please acknowledge" in stood[0][0]


def test_notes_and_titles_of_others_ring_nobody(shop: AlertCompany) -> None:
    shop.fire("Disk full on web-397: 5%")
    shop.run()
    briefing = shop.said()[1]
    assert "Aiko handled it, 2 h :memo: grew &lt;!channel&gt; the disk" in briefing
    assert "<!channel>" not in briefing


def test_in_japanese(tmp_path: Path, warehouse: Warehouse) -> None:
    with alert_company(tmp_path, alert_team(language="ja")) as made:
        made.triage = reading(warehouse)
        made.run()
        made.fire(NOISE)
        made.run()
        briefing = made.said()[1]
    assert "自然に復旧する見込みです" in briefing
    assert "直近50件のうち48件は、だれも対応しないまま自然に復旧しました" in briefing
    assert "類似のインシデント:" in briefing


def test_an_alert_that_was_never_seen_needs_a_person(shop: AlertCompany) -> None:
    shop.fire("Something <b>else</b> broke")
    shop.run()
    assert ":point_right: Needs a person: such an alert was never seen before." in shop.said()[1]
    assert ":new: Never seen before, in any service." in shop.said()[1]


def test_before_the_first_publication_the_briefing_goes_without(shop: AlertCompany, tmp_path: Path) -> None:
    with PassTriage(Warehouse(tmp_path / "nothing")) as triage:
        shop.triage = triage
        shop.fire(NOISE)
        shop.run()
    assert "There is no runbook for this alert yet." in shop.said()[1]
    assert "person" not in shop.said()[1]


def test_a_warehouse_that_cannot_be_asked_costs_the_paragraphs_and_nothing_else(shop: AlertCompany) -> None:
    def broken(*_: object) -> Triage:
        raise WarehouseError("The disk is gone.")

    shop.triage = broken
    shop.fire(NOISE)
    assert shop.run().left == 0
    (told,) = shop.ledger.readings.rows(NOW - timedelta(days=999))
    assert told["verdict"] is None
    assert "There is no runbook for this alert yet." in shop.said()[1]


@pytest.mark.parametrize("fault", [ZeroDivisionError, RecursionError])
def test_a_fault_of_triage_costs_its_paragraphs_and_nothing_else(
    shop: AlertCompany, fault: type[Exception]
) -> None:
    def faulty(*_: object) -> NoReturn:
        raise fault

    shop.triage = faulty
    shop.fire(NOISE)
    assert shop.run().left == 0
    assert "There is no runbook for this alert yet." in shop.said()[-1]


def test_a_fault_in_one_alerts_briefing_keeps_no_other_from_being_said(
    shop: AlertCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shop.fire(NOISE)
    written = briefing.phone_text

    def faulty(incident: Incident) -> str:
        if incident.id == first:
            raise ZeroDivisionError
        return written(incident)

    monkeypatch.setattr(briefing, "phone_text", faulty)
    second = shop.fire(WORK)
    with pytest.raises(ZeroDivisionError):
        shop.run()
    keys = shop.keys()
    assert f"briefing:{second}" in keys
    assert f"briefing:{first}" not in keys


def test_a_pass_opens_one_snapshot_for_all_its_alerts(warehouse: Warehouse) -> None:
    with PassTriage(warehouse) as triage:
        alerts = [Asked(text, "S1", NOW) for text in (NOISE, WORK)]
        found = [triage(asked, NOW) for asked in alerts]
    assert [len(each.nearest) for each in found if each] == [5, 5]

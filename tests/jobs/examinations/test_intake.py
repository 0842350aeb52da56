"""The doctor's look at each intake: its secrets, what waits, what was refused, what SNS asks for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toban.clients.ledger import Ledger
from toban.domain.findings import Finding
from toban.domain.intake import Keys, confirmation_note
from toban.errors import SettingsError
from toban.jobs.examinations.intake import examine_intakes
from toban.settings import Settings
from toban.settings.intake import IntakeSettings

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOTH = Keys("hush", "hush")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    made.migrate()
    return made


def found(ledger: Ledger, keys: Keys = BOTH, tool: str = "cloudwatch") -> list[Finding]:
    settings = Settings.model_construct(
        intake=(IntakeSettings.model_validate({"id": "aws-1", "tool": tool}),)
    )
    return list(examine_intakes(settings, lambda _: keys, lambda: ledger, NOON))


def put(ledger: Ledger, at: datetime, intake: str = "aws-1") -> None:
    ledger.outbox.put(intake, [{"dedup_key": "a"}], now=at)


def test_an_intake_that_is_ready_is_good(ledger: Ledger) -> None:
    (one,) = found(ledger)
    assert (one.subject, one.level) == ("intake aws-1", "good")
    assert one.text == "cloudwatch: token and routing key are there; no alert yet"


def test_it_says_when_the_last_alert_came(ledger: Ledger) -> None:
    put(ledger, NOON)
    assert found(ledger)[0].text.endswith("the last alert came 2026-03-04 12:00 UTC")


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        (Keys(None, "k"), ["TOBAN_INTAKE_AWS_1_TOKEN"]),
        (Keys("t", None), ["TOBAN_INTAKE_AWS_1_ROUTING_KEY"]),
        (Keys(None, None), ["TOBAN_INTAKE_AWS_1_TOKEN", "TOBAN_INTAKE_AWS_1_ROUTING_KEY"]),
    ],
)
def test_a_missing_secret_is_bad_and_named(ledger: Ledger, keys: Keys, texts: list[str]) -> None:
    findings = found(ledger, keys)
    assert [each.level for each in findings] == ["bad"] * len(texts)
    for finding, text in zip(findings, texts, strict=True):
        assert text in finding.remedy
        assert "toban_intake_aws-1" in finding.remedy


def test_a_connection_that_airflow_does_not_give_is_bad(ledger: Ledger) -> None:
    def keys(_: str) -> Keys:
        raise SettingsError("Airflow does not give it.")

    settings = Settings.model_construct(intake=(IntakeSettings(id="a", tool="zabbix"),))
    (one,) = examine_intakes(settings, keys, lambda: ledger, NOON)
    assert (one.level, one.text) == ("bad", "Airflow does not give it.")


def test_what_waits_for_long_and_what_was_refused_is_worth_a_look(ledger: Ledger) -> None:
    put(ledger, NOON - timedelta(minutes=6))
    assert [each.text for each in found(ledger)] == ["1 events wait, the oldest since 2026-03-04 11:54 UTC"]
    (event,) = ledger.outbox.take("aws-1", now=NOON, limit=1, lease=timedelta(minutes=1))
    ledger.outbox.settle(event, now=NOON, refusal="bad key")
    (one,) = found(ledger)
    assert one.text == "PagerDuty refused 1 events of the last 7 days: bad key"


def test_events_of_an_intake_that_is_gone_from_the_settings_are_told(ledger: Ledger) -> None:
    put(ledger, NOON, "old")
    subjects = [each.subject for each in found(ledger)]
    assert subjects == ["intake aws-1", "intake old"]


@pytest.mark.parametrize(
    ("asked", "heard", "told"), [(1, None, True), (1, 2, True), (2, 1, False), (80, None, False)]
)
def test_sns_s_address_is_shown_until_it_is_opened_or_worthless(
    ledger: Ledger, asked: int, heard: int | None, told: bool
) -> None:
    """Hours ago."""
    address = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    note = {"address": address, "at": (NOON - timedelta(hours=asked)).isoformat()}
    ledger.notes.write(confirmation_note("aws-1"), note, now=NOON)
    if heard is not None:
        put(ledger, NOON - timedelta(hours=heard))
        (event,) = ledger.outbox.take("aws-1", now=NOON, limit=1, lease=timedelta(minutes=1))
        ledger.outbox.settle(event, now=NOON)
    assert any(address in each.remedy for each in found(ledger)) is told


def test_without_an_intake_nothing_is_opened() -> None:
    def never() -> Ledger:
        raise AssertionError

    assert not list(examine_intakes(Settings.model_construct(intake=()), lambda _: BOTH, never, NOON))

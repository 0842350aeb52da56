"""toban webhooks by hand, and what the doctor says of them, against the sandbox over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from installation import Installation, installation
from toban.cli import main
from toban.jobs.webhooks import EVENTS
from toban.sandbox.pagerduty.webhooks.subscriptions import set_disabled

ADDRESS = "https://airflow.example.com/toban-receive/pagerduty"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    with installation(tmp_path) as found:
        found.enter(monkeypatch)
        monkeypatch.delenv("TOBAN_PAGERDUTY_WEBHOOK_SECRET", raising=False)
        with found.settings.open("a", encoding="utf-8") as file:
            file.write('\n[receivers]\npublic_url = "https://airflow.example.com/toban-receive/"\n')
        yield found


def toban(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["webhooks", *arguments])


def only(made: Installation) -> dict[str, Any]:
    (subscription,) = made.world.subscriptions.values()
    return subscription


def disable(made: Installation) -> None:
    with made.world.changing():
        set_disabled(made.world, only(made), disabled=True)


def is_disabled(made: Installation) -> bool:
    return bool(only(made)["delivery_method"]["temporarily_disabled"])


def test_install_makes_one_subscription_and_prints_its_secret_once(made: Installation) -> None:
    first = toban("install")
    subscription = only(made)
    secret = subscription["delivery_method"]["secret"]
    assert first.stdout.splitlines() == [
        f"{subscription['id']} sends incidents to {ADDRESS}: created.",
        secret,
    ]
    assert "toban_pagerduty_webhook" in first.stderr
    assert subscription["delivery_method"]["url"] == ADDRESS
    assert set(subscription["events"]) == EVENTS
    assert subscription["filter"]["type"] == "account_reference"

    again = toban("install")
    assert again.output == f"{subscription['id']} sends incidents to {ADDRESS}: unchanged.\n"
    assert only(made) == subscription


def test_install_mends_what_was_changed_and_keeps_what_a_person_added(made: Installation) -> None:
    toban("install")
    subscription = only(made)
    subscription |= {"active": False, "events": ["incident.triggered", "service.created"]}
    disable(made)
    assert "changed." in toban("install").stdout
    assert only(made)["active"]
    assert not is_disabled(made)
    assert set(only(made)["events"]) == EVENTS | {"service.created"}


def test_remove_leaves_other_addresses_alone(made: Installation) -> None:
    toban("install")
    ours = only(made)["id"]
    made.edit_settings("airflow.example.com/toban", "staging.example.com/toban")
    toban("install")
    assert len(made.world.subscriptions) == 2
    made.edit_settings("staging.example.com/toban", "airflow.example.com/toban")
    assert toban("remove").stdout == f"Removed {ours}.\n"
    assert "staging" in only(made)["delivery_method"]["url"]
    assert toban("remove").stdout == f"PagerDuty sends nothing to {ADDRESS}.\n"


def test_check_says_that_all_is_well(made: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    toban("install")
    monkeypatch.setenv("TOBAN_PAGERDUTY_WEBHOOK_SECRET", "s")
    found = toban("check")
    assert (found.exit_code, found.stdout) == (
        0,
        f"✓ webhooks: {only(made)['id']} sends incidents to {ADDRESS}: alerts are noticed at once\n",
    )


@pytest.mark.usefixtures("made")
def test_check_says_what_is_missing_and_what_to_do() -> None:
    found = toban("check")
    assert found.exit_code == 1
    assert "✗ webhooks: no secret is known here" in found.stdout
    assert (
        f"✗ webhooks: PagerDuty sends nothing to {ADDRESS}\n    → Run `toban webhooks install`."
        in found.stdout
    )


def test_check_names_events_that_are_left_out(made: Installation) -> None:
    toban("install")
    only(made)["events"].remove("incident.triggered")
    assert "leaves out incident.triggered" in toban("check").stdout


def test_check_names_a_subscription_too_many(made: Installation) -> None:
    toban("install")
    copy = only(made) | {"id": "PCOPY"}
    made.world.subscriptions["PCOPY"] = copy
    found = toban("check").stdout
    assert "2 subscriptions send everything" in found
    assert "Delete PCOPY in PagerDuty" in found


def test_a_disabled_subscription_is_enabled_only_when_asked(made: Installation) -> None:
    toban("install")
    disable(made)
    found = toban("check")
    assert (found.exit_code, is_disabled(made)) == (1, True)
    assert "toban webhooks check --enable" in found.stdout
    assert "it is enabled again" in toban("check", "--enable").stdout
    assert not is_disabled(made)


def test_without_a_public_address_a_sentence_says_which_to_set(made: Installation) -> None:
    made.edit_settings('public_url = "https://airflow.example.com/toban-receive/"', "")
    for name in ("install", "check", "remove"):
        found = toban(name)
        assert (found.exit_code, found.stdout) == (2, "")
        assert found.stderr.startswith("toban: receivers.public_url is missing")


def doctor() -> str:
    return CliRunner().invoke(main, ["doctor"]).stdout


def test_the_doctor_says_which_way_is_in_force(made: Installation) -> None:
    toban("install")
    assert f"✓ webhooks: {only(made)['id']} sends incidents to {ADDRESS}" in doctor()
    made.edit_settings('public_url = "https://airflow.example.com/toban-receive/"', "")
    assert "✓ webhooks: none (no receivers.public_url): each minute's pass notices alerts" in doctor()


def test_the_doctor_enables_what_pagerduty_disabled(made: Installation) -> None:
    toban("install")
    disable(made)
    assert "! webhooks: PagerDuty had disabled" in doctor()
    assert not is_disabled(made)


def test_an_address_without_encryption_deserves_a_look(made: Installation) -> None:
    made.edit_settings("https://airflow.example.com/toban", "http://airflow.example.com/toban")
    assert "! webhooks: http://airflow.example.com/toban-receive/pagerduty is not encrypted" in doctor()

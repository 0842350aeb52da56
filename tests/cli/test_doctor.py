"""toban doctor: a healthy installation is called so; each thing broken in turn is found, with a remedy."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from installation import SECRET, Installation, installation
from toban.cli import main
from toban.clients.ledger.claims import Intent
from toban.clients.warehouse import Warehouse
from toban.domain.findings import Finding
from toban.domain.people import Person
from toban.jobs.doctor import Patients, doctor
from toban.settings import WarehouseSettings
from toban.wiring import build, buttons, receivers, runs
from toban.wiring.access import intake_keys


@pytest.fixture
def toban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        made.enter(monkeypatch)
        yield made


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse as of now."""
    with pytest.MonkeyPatch.context() as environment, installation(tmp_path_factory.mktemp("synced")) as made:
        made.enter(environment)
        runs.sync_incidents()
        yield made.folder / "warehouse"


@pytest.fixture
def published(toban: Installation, warehouse: Path) -> Installation:
    """With that warehouse."""
    shutil.copytree(warehouse, toban.folder / "warehouse")
    return toban


@dataclass(frozen=True)
class Told:
    """What the doctor said."""

    exit_code: int
    found: list[Finding]

    def of(self, subject: str, level: str | None = None) -> Finding:
        """The one finding about that, of that level if given."""
        (one,) = [f for f in self.found if f.subject == subject and level in {None, f.level}]
        return one

    def level(self, level: str) -> list[Finding]:
        """But for the gap that the sample company's rota has on purpose."""
        return [each for each in self.found if each.level == level and "is empty from" not in each.text]


def ask(*options: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *options])


def examined() -> Told:
    result = ask("--format", "json")
    assert result.stderr == ""
    return Told(result.exit_code, [Finding(**each) for each in json.loads(result.stdout)])


def test_a_healthy_installation_is_called_healthy(published: Installation) -> None:
    told = examined()
    assert told.exit_code == 0
    assert told.level("look") + told.level("bad") == []
    assert {
        "PagerDuty token",
        "Slack token",
        "Slack scopes",
        "clock",
        "people",
        "warehouse",
        "disk",
        "ledger",
    } <= {f.subject for f in told.found}
    assert {f"team {name}" for name in ("shop", "payment", "data", "platform")} <= {
        f.subject for f in told.found
    }
    assert published.messages("all-engineers") == [], "the doctor says nothing in Slack"


def test_the_text_form_has_a_mark_and_the_remedy_below(toban: Installation) -> None:
    toban.workspace.channels.change(toban.workspace.channel_id("oncall"), is_member=False)
    lines = ask().stdout.splitlines()
    assert "✓ PagerDuty token: accepted" in lines
    at = lines.index("✗ channel #oncall: the bot is not a member")
    assert lines[at + 1] == "    → Write /invite @toban there."


@pytest.mark.usefixtures("toban")
def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_SLACK_TOKEN", f"xoxp-{SECRET}")
    result = ask()
    assert result.exit_code == 1
    assert SECRET not in result.output


@pytest.mark.usefixtures("published")
def test_an_invalid_pagerduty_token_is_found_and_the_rest_still_examined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "invalid")
    told = examined()
    assert told.exit_code == 1
    (broken,) = told.level("bad")
    assert (broken.subject, "pagerduty_default" in broken.remedy) == ("PagerDuty token", True)
    assert told.of("Slack token").level == "good"
    assert told.of("warehouse").level == "good"


@pytest.mark.usefixtures("published")
def test_an_invalid_slack_token_is_found_and_the_rest_still_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_SLACK_TOKEN", "xoxb-invalid")
    told = examined()
    assert told.exit_code == 1
    (broken,) = told.level("bad")
    assert (broken.subject, "slack_api_default" in broken.remedy) == ("Slack token", True)
    assert told.of("PagerDuty token").level == "good"


def test_a_missing_token_is_found_with_where_to_put_it(
    published: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOBAN_PAGERDUTY_TOKEN")
    monkeypatch.delenv("TOBAN_SLACK_TOKEN")
    told = examined()
    assert "TOBAN_PAGERDUTY_TOKEN" in told.of("PagerDuty", "bad").text
    assert "TOBAN_SLACK_TOKEN" in told.of("Slack", "bad").text
    assert told.of("ledger").level == "good"
    assert published.messages("all-engineers") == []


@pytest.mark.parametrize(
    "scope",
    ["chat:write", "channels:read", "channels:history", "users:read.email", "files:write", "im:write"],
)
def test_a_missing_scope_is_one_finding(published: Installation, scope: str) -> None:
    published.workspace.scopes -= {scope, "groups:read"} if scope == "channels:read" else {scope}
    told = examined()
    assert told.exit_code == 1
    (broken,) = told.level("bad")
    assert broken.text.startswith(f"{scope} is missing: ")
    assert "install it again" in broken.remedy
    assert told.level("look") == [], "one cause is told once"


def test_scopes_of_group_and_topic_are_asked_for_where_they_are_used(published: Installation) -> None:
    published.workspace.scopes -= {"usergroups:write", "channels:write.topic"}
    assert examined().exit_code == 0
    published.edit_settings("mtta_goal_s", 'user_group = "S0GONE"\nkeep_topic = true\nmtta_goal_s')
    missing = [f.text.split()[0] for f in examined().level("bad") if f.subject == "Slack scopes"]
    assert missing == ["usergroups:write", "channels:write.topic"]


def test_a_user_group_that_is_gone_is_found(published: Installation) -> None:
    made = published.workspace.people.add_group({"handle": "shop-oncall", "name": "Shop"})
    published.edit_settings("mtta_goal_s", f'user_group = "{made["id"]}"\nmtta_goal_s')
    assert examined().of("team shop, user_group").level == "good"
    published.edit_settings(made["id"], "S0GONE")
    broken = examined().of("team shop, user_group", "bad")
    assert "S0GONE" in broken.text


def test_user_groups_that_cannot_be_read_deserve_a_look(published: Installation) -> None:
    published.edit_settings("mtta_goal_s", 'user_group = "S0GROUP"\nmtta_goal_s')
    published.workspace.scopes.discard("usergroups:read")
    told = examined()
    assert told.exit_code == 0
    assert "usergroups:read" in told.of("user groups", "look").text


@pytest.mark.parametrize(
    ("change", "words", "remedy"),
    [
        ({"is_archived": True}, "is archived", "Unarchive it"),
        ({"is_member": False}, "not a member", "/invite @toban"),
    ],
)
def test_a_channel_the_bot_cannot_use_is_found(
    published: Installation, change: dict[str, bool], words: str, remedy: str
) -> None:
    published.workspace.channels.change(published.workspace.channel_id("team-shop"), **change)
    told = examined()
    assert told.exit_code == 1
    broken = told.of("channel #team-shop")
    assert broken in told.level("bad")
    assert words in broken.text
    assert remedy in broken.remedy


def test_a_channel_that_does_not_exist_is_found(published: Installation) -> None:
    published.edit_settings('"#team-shop"', '"#team-shopp"')
    (broken,) = examined().level("bad")
    assert broken.subject == "channel #team-shopp"
    assert "toban.toml" in broken.remedy


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_private": False}, "is open to everybody"),
        ({"is_ext_shared": True}, "is open to another company"),
    ],
)
def test_a_channel_that_names_persons_and_that_others_read_is_found(
    published: Installation, change: dict[str, bool], words: str
) -> None:
    published.workspace.channels.change(published.workspace.channel_id("team-shop-leads"), **change)
    (broken,) = examined().level("bad")
    assert (broken.subject, broken.text) == ("channel #team-shop-leads", words)


def test_whoever_slack_does_not_know_deserves_a_look_until_overridden(published: Installation) -> None:
    on_call = someone_on_call()
    gone = published.workspace.people.by_email(str(on_call.email))
    published.workspace.people.users.put(gone["id"], {**gone, "deleted": True})
    told = examined()
    assert told.exit_code == 0
    (seen,) = told.level("look")
    assert on_call.name in seen.subject
    assert f'"{on_call.id}" = "U…"' in seen.remedy
    someone = published.workspace.people.humans()[0]["id"]
    published.edit_settings(
        "[warehouse]", f'[slack.user_overrides]\n{on_call.id} = "{someone}"\n\n[warehouse]'
    )
    assert examined().level("look") == []


def someone_on_call() -> Person:
    settings = build.settings()
    now = datetime.now(UTC)
    (first, *_) = build.pagerduty(settings).on_calls(settings.team("shop").escalation_policies, now, now)
    return first.person


@pytest.mark.parametrize("setting", ["escalation_policies", "services", "pagerduty_teams"])
def test_an_id_pagerduty_does_not_know_is_named_with_its_key(published: Installation, setting: str) -> None:
    team = build.settings().team("shop")
    known = getattr(team, setting)[0]
    published.edit_settings(f'"{known}"', '"PGONE"')
    told = examined()
    assert told.exit_code == 1
    (broken,) = told.level("bad")
    assert broken.subject == f"team shop, {setting}"
    assert broken.remedy == "Correct PGONE in toban.toml."


def test_nobody_on_level_1_is_found(published: Installation) -> None:
    empty_level(published, 1)
    told = examined()
    assert told.exit_code == 1
    (broken,) = told.level("bad")
    assert broken.subject == "team shop, on call"
    assert broken.text.startswith("nobody is on level 1 of ")
    assert "Fill it" in broken.remedy


def test_nobody_on_a_higher_level_deserves_a_look(published: Installation) -> None:
    empty_level(published, 2)
    told = examined()
    assert told.exit_code == 0
    assert told.of("team shop, on call", "look").text.startswith("nobody is on level 2 of ")


def test_a_coming_gap_deserves_a_look(published: Installation) -> None:
    soon = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    for schedule in schedules_of(published, 1):
        layers = [{**layer, "end": soon.isoformat()} for layer in schedule["schedule_layers"]]
        published.world.directory.put("schedules", {**schedule, "schedule_layers": layers, "overrides": []})
    told = examined()
    assert told.exit_code == 0
    assert f"is empty from {soon:%Y-%m-%d %H:%M} UTC on" in told.of("team shop, on call", "look").text


def schedules_of(made: Installation, level: int) -> list[dict[str, Any]]:
    (policy_id,) = build.settings().team("shop").escalation_policies
    policy = made.world.directory.find("escalation_policies", policy_id) or {}
    targets = policy["escalation_rules"][level - 1]["targets"]
    return [made.world.directory.find("schedules", target["id"]) or {} for target in targets]


def empty_level(made: Installation, level: int) -> None:
    """Let the rota of the shop's level run out."""
    for schedule in schedules_of(made, level):
        made.world.directory.put("schedules", {**schedule, "schedule_layers": [], "overrides": []})


def test_someone_without_notification_rules_or_time_zone_deserves_a_look(published: Installation) -> None:
    on_call = someone_on_call()
    user = published.world.directory.find("users", on_call.id)
    published.world.directory.put("users", {**user, "notification_rules": [], "time_zone": None})
    told = examined()
    assert told.exit_code == 0
    about = [f for f in told.level("look") if f.subject == f"person {on_call.name}"]
    assert ["no notification rule" in about[0].text, "no time zone" in about[1].text] == [True, True]


def test_a_sender_pagerduty_does_not_know_is_found_where_it_writes(published: Installation) -> None:
    sender = str(build.settings().pagerduty.from_email)
    published.edit_settings(sender, "nobody@example.com")
    (broken,) = examined().level("bad")
    assert broken.subject == "pagerduty.from_email"
    text = published.settings.read_text().replace('mode = "act"', 'mode = "announce"')
    published.settings.write_text(text)
    assert examined().exit_code == 0, "only mode act writes"


def test_a_warehouse_without_a_snapshot_is_found(toban: Installation) -> None:
    told = examined()
    assert told.exit_code == 1
    broken = told.of("warehouse", "bad")
    assert str(toban.folder / "warehouse") in broken.text
    assert "toban sync" in broken.remedy


def test_open_claims_deserve_a_look(published: Installation) -> None:
    now = datetime.now(UTC)
    intent = Intent("shifts:somewhere", "message", "C1", None, "hash")
    published.ledger.claim(intent, now=now, lease=timedelta(seconds=20))
    told = examined()
    assert told.exit_code == 0
    assert "1 messages were begun" in told.of("ledger", "look").text


def test_a_ledger_that_cannot_be_opened_is_found(
    published: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_LEDGER_URL", f"sqlite:///{published.folder}/nowhere/ledger.db")
    told = examined()
    assert told.exit_code == 1
    assert "cannot be used" in told.of("ledger", "bad").text


def test_an_account_whose_entries_are_mere_references_deserves_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installation(tmp_path, embed_incidents=False) as made:
        made.enter(monkeypatch)
        told = examined()
    assert "mere references" in told.of("PagerDuty log entries", "look").text


def seen_at(moment: Callable[[datetime], datetime]) -> list[Finding]:
    """What the doctor finds where this machine's clock shows another time."""
    settings = build.settings()
    patients = Patients(
        lambda: build.pagerduty(settings),
        build.slack,
        lambda: build.warehouse(settings),
        build.ledger,
        buttons.signing_secret,
        buttons.open_socket,
        intake_keys,
        receivers.webhook_secrets,
    )
    return list(doctor(settings, patients, build.warehouse_directory(settings), moment(datetime.now(UTC))))


@pytest.mark.usefixtures("published")
def test_a_clock_that_is_off_is_found() -> None:
    (broken,) = [f for f in seen_at(lambda now: now + timedelta(seconds=90)) if f.level == "bad"]
    assert broken.subject == "clock"
    assert "s off Slack's" in broken.text
    assert broken.remedy == "Turn on time synchronisation."


@pytest.mark.usefixtures("published")
def test_a_stale_warehouse_deserves_a_look() -> None:
    later = [f for f in seen_at(lambda now: now + timedelta(minutes=45)) if f.subject == "warehouse"]
    assert [(f.level, f.remedy) for f in later] == [
        ("look", "Look at the last runs of toban_sync_incidents.")
    ]


def test_unusable_settings_are_wrong_usage_and_one_sentence(toban: Installation) -> None:
    toban.settings.write_text('fallback_channel = "#oncall"\ncolour = "red"\n')
    result = ask()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"toban: {toban.settings}: colour is not a known key")
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_systems_that_do_not_answer_are_found_without_long_waiting(
    published: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TOBAN_SLACK_URL", "http://127.0.0.1:9/api/")
    begun = datetime.now(UTC)
    told = examined()
    assert datetime.now(UTC) - begun < timedelta(seconds=60)
    assert {f.subject for f in told.level("bad")} == {"PagerDuty", "Slack"}
    assert told.of("warehouse").level == "good"
    assert published.messages("all-engineers") == []


def test_an_intake_without_its_secrets_is_found_and_then_healthy(
    published: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.edit_settings("[[teams]]", '[[intake]]\nid = "own-monitor"\ntool = "zabbix"\n\n[[teams]]')
    told = examined()
    assert told.exit_code == 1
    assert [each.text.split(":")[0] for each in told.found if each.subject == "intake own-monitor"] == [
        "no token",
        "no routing key",
    ]
    monkeypatch.setenv("TOBAN_INTAKE_OWN_MONITOR_TOKEN", f"{SECRET}-token")
    monkeypatch.setenv("TOBAN_INTAKE_OWN_MONITOR_ROUTING_KEY", f"{SECRET}-key")
    assert examined().of("intake own-monitor").level == "good"
    assert SECRET not in ask().output


def test_an_export_that_did_not_work_is_said(published: Installation) -> None:
    warehouse = Warehouse(published.folder / "warehouse", WarehouseSettings(export=published.folder / "gone"))
    with warehouse.write() as writer:
        writer.publish()
    found = examined().of("export", "look")
    assert found.text.startswith(f"Snapshots are not exported to {published.folder / 'gone'}: ")


def test_an_own_model_that_is_broken_is_said(published: Installation) -> None:
    folder = published.folder / "local"
    folder.mkdir()
    (folder / "broken.sql").write_text("select nothing")
    with Warehouse(published.folder / "warehouse", WarehouseSettings(local_models=folder)).write() as writer:
        writer.publish()
    found = examined().of("own models", "look")
    assert found.text.startswith("The own model broken.sql is not built: ")

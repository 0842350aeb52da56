"""Each DAG's function, end to end: settings, secrets, both systems over HTTP, ledger and warehouse."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from installation import DAYS, SECRET, TEAM, Installation
from toban.errors import NoSnapshot, PagerDutyError, SettingsError, SlackError, UsageError
from toban.wiring import build, runs

CHANNEL, REPORTS, LEADS = "all-engineers", "team-shop", "team-shop-leads"


def test_the_sync_stores_the_history_and_publishes_it(toban: Installation) -> None:
    told = runs.sync_incidents()
    with toban.warehouse.read() as snapshot:
        (stored,) = snapshot.rows("select count(*) as n from incident_facts")
    assert told["incidents"] == stored["n"] == len(toban.world.incidents)
    assert runs.sync_incidents()["incidents"] == 0, "a second sync finds nothing new"


def test_the_sync_copies_what_was_said(toban: Installation) -> None:
    runs.announce_shifts(TEAM, "post")
    runs.sync_incidents()
    with toban.warehouse.read() as snapshot:
        (said,) = snapshot.rows("select count(*) as n from ledger_messages where key like 'shifts:%'")
    assert said["n"] == 1


def test_the_backfill_brings_what_lies_before_the_sync(toban: Installation) -> None:
    toban.edit_settings("history_days = 365", "history_days = 2")
    runs.sync_incidents()
    with toban.warehouse.read() as snapshot:
        (before,) = snapshot.rows("select count(*) as n from incident_facts where history_complete")
    since = (datetime.now(UTC) - timedelta(days=DAYS + 1)).date()
    runs.backfill_incidents(since.isoformat())
    with toban.warehouse.read() as snapshot:
        (after,) = snapshot.rows("select count(*) as n from incident_facts where history_complete")
    assert before["n"] < after["n"] == len(toban.world.incidents)


def test_the_reconciliation_mends_a_title_changed_behind_the_log(toban: Installation) -> None:
    runs.sync_incidents()
    incident = next(each for each in toban.world.incidents if each["status"] == "resolved")
    with toban.world.changing():
        toban.world.touch(incident, title="now says what it was")
    told = runs.reconcile_incidents()
    assert told["refetched"] == 1
    assert told["remote"] == told["stored"]
    with toban.warehouse.read() as snapshot:
        (row,) = snapshot.rows("select title from incident_facts where incident_id = ?", [incident["id"]])
    assert row["title"] == "now says what it was"


def test_an_announcement_is_posted_once_and_needs_no_warehouse(toban: Installation) -> None:
    first, second = runs.announce_shifts(TEAM, "post"), runs.announce_shifts(TEAM, "post")
    assert str(first["did"]).startswith("Announced as shifts:")
    assert "was announced already" in str(second["did"])
    assert len([key for key in toban.keys(CHANNEL) if key.startswith("shifts:")]) == 1


def test_a_preview_says_nothing(toban: Installation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = runs.announce_shifts(TEAM, "preview")
    assert "preview" in str(told["did"])
    assert toban.messages(CHANNEL) == []
    assert "オンコール" in caplog.text, "the log shows what would be said"


def test_nothing_can_be_corrected_before_it_was_announced(toban: Installation) -> None:
    with pytest.raises(UsageError, match="use post"):
        runs.announce_shifts(TEAM, "correct")
    runs.announce_shifts(TEAM, "post")
    assert str(runs.announce_shifts(TEAM, "correct")["did"]).startswith("Corrected shifts:")
    assert len(toban.messages(CHANNEL)) == len(set(toban.keys(CHANNEL)))


def test_a_takeover_is_told_once(toban: Installation) -> None:
    runs.announce_shifts(TEAM, "post")
    assert runs.watch_takeovers() == {"told": []}
    team = build.settings().team(TEAM)
    shift = next(
        each
        for each in build.pagerduty(build.settings()).on_calls(
            team.escalation_policies, datetime.now(UTC), datetime.now(UTC)
        )
        if each.level == 1 and each.schedule_id
    )
    another = next(user for user in toban.world.directory.all("users") if user["id"] != shift.person.id)
    toban.override(str(shift.schedule_id), another["id"])
    before = len(toban.messages(CHANNEL))
    assert len(runs.watch_takeovers()["told"]) == 1  # type: ignore[arg-type]
    assert runs.watch_takeovers() == {"told": []}
    assert len(toban.messages(CHANNEL)) == before + 1


def test_the_weekly_report_is_posted_once_with_its_chart_and_people_apart(toban: Installation) -> None:
    runs.sync_incidents()
    first, second = runs.weekly_report(TEAM, "post", None), runs.weekly_report(TEAM, "post", None)
    assert first == second
    said = toban.messages(REPORTS)
    assert toban.keys(REPORTS)[0] == first["key"]
    assert len(toban.keys(REPORTS)) == len(set(toban.keys(REPORTS)))
    assert len([message for message in said if "files" in message]) == 1
    assert toban.keys(LEADS) == [f"{first['key']}:people"]


def test_health_follows_the_report_in_its_thread_and_by_name_in_the_private_channel_once(
    toban: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    runs.sync_incidents()
    report = runs.weekly_report(TEAM, "post", None)
    caplog.set_level(logging.INFO)
    caplog.clear()
    first, second = runs.health_report(TEAM, "post", None), runs.health_report(TEAM, "post", None)
    assert first == second
    assert first["by_person"] is True
    assert toban.keys(REPORTS)[-1] == first["key"] == str(report["key"]).replace("weekly", "health")
    assert toban.keys(LEADS)[1:] == [f"{first['key']}:people"]
    names = {user["name"] for user in toban.world.directory.all("users")}
    assert "オンコールの負荷" in caplog.text
    assert not [name for name in names if name in caplog.text], "Airflow's log is read by many"


def test_health_without_a_report_says_what_to_do_first(toban: Installation) -> None:
    runs.sync_incidents()
    with pytest.raises(UsageError, match="post that first"):
        runs.health_report(TEAM, "post", None)
    assert toban.messages(REPORTS) == toban.messages(LEADS) == []


def test_a_report_s_week_can_be_named_by_one_of_its_days(toban: Installation) -> None:
    runs.sync_incidents()
    day = datetime.now(UTC).date() - timedelta(days=3)
    told = runs.weekly_report(TEAM, "preview", day.isoformat())
    monday = day - timedelta(days=day.weekday())
    assert told == {"key": f"weekly:{TEAM}:{monday}", "channel": f"#{REPORTS}", "action": "preview"}
    assert toban.messages(REPORTS) == []


@pytest.mark.usefixtures("toban")
def test_a_day_that_is_none_is_a_sentence() -> None:
    runs.sync_incidents()
    with pytest.raises(UsageError, match="'46' names no week"):
        runs.weekly_report(TEAM, "preview", "46")
    with pytest.raises(UsageError, match="'yesterday'"):
        runs.backfill_incidents("yesterday")


@pytest.mark.usefixtures("toban")
def test_a_report_without_a_warehouse_names_the_first_step() -> None:
    with pytest.raises(NoSnapshot, match="run toban sync once"):
        runs.weekly_report(TEAM, "post", None)


@pytest.mark.usefixtures("toban")
def test_an_unknown_team_is_named_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"'nobody'.*there are: .*shop"):
        runs.announce_shifts("nobody", "post")


def test_the_environment_s_warehouse_comes_before_the_settings_one(
    toban: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(toban.folder / "elsewhere"))
    runs.sync_incidents()
    assert (toban.folder / "elsewhere" / "current.json").exists()
    assert not (toban.folder / "warehouse").exists()


def test_a_token_shows_in_no_log_and_no_error(toban: Installation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    runs.announce_shifts(TEAM, "post")
    toban.slack_fault("error", "chat.postMessage", error="token_revoked")
    with pytest.raises(SlackError) as refused:
        runs.announce_shifts("platform", "post")
    assert "does not accept the token" in str(refused.value)
    assert caplog.text, "at this level even the libraries speak"
    assert not [text for text in (caplog.text, str(refused.getrepr(style="long"))) if SECRET in text]


def test_a_refused_token_is_one_sentence_without_the_token(
    toban: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "invalid")
    with pytest.raises(PagerDutyError, match="does not know the token") as refused:
        runs.sync_incidents()
    assert "invalid" not in str(refused.value)
    monkeypatch.setenv("TOBAN_SLACK_TOKEN", "xoxb-invalid")
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "valid")
    with pytest.raises(SlackError, match="does not accept the token") as rejected:
        runs.announce_shifts(TEAM, "post")
    assert "xoxb-invalid" not in str(rejected.value)
    assert toban.messages(CHANNEL) == []


def test_what_is_built_shows_no_secret(toban: Installation) -> None:
    settings = build.settings()
    slack = build.slack()
    made = [settings, build.pagerduty(settings), slack, build.ledger(), build.voice(slack)]
    made += [build.messenger(slack), build.people(settings, slack), build.warehouse(settings)]
    assert not [each for each in made if SECRET in f"{each!r} {each}"]
    assert toban.settings.read_text().count(SECRET) == 0


def test_triage_is_trained_on_what_was_synced(toban: Installation) -> None:
    runs.sync_incidents()
    told = runs.train_triage()
    with toban.warehouse.read() as snapshot:
        trainings = snapshot.rows("select version, serves from triage_models")
    assert [each["version"] for each in trainings] == ([told["version"]] if told["version"] else [])

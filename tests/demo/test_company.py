"""toban.toml for the sample company says what its PagerDuty says, and Toban can read it."""

from datetime import date
from pathlib import Path

import pytest

from installation import history
from sandbox_server import running
from toban.demo.company import write_settings
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.serve import workspace_of
from toban.sandbox.slack import create_app as create_slack
from toban.settings import Settings, load_settings

SINCE = date(2026, 7, 1)
NAME = 'Team "Cäsar" \\ 当番\tEND\n[[teams]]'


@pytest.fixture(scope="module")
def world() -> World:
    return World.from_history(history().directory, [])


@pytest.fixture(scope="module")
def settings(world: World, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return written(world, tmp_path_factory.mktemp("company") / "toban.toml")


def written(world: World, path: Path, **more: str) -> Settings:
    with running(create_app(world, ticking=False)) as url:
        write_settings(
            path,
            url,
            warehouse=path.parent / 'a "quoted" folder',
            runbooks=path.parent,
            airflow_url="http://127.0.0.1:8080",
            improvements_since=SINCE,
            **more,
        )
    return load_settings(path)


def test_every_team_is_there_with_its_policies_and_services(settings: Settings, world: World) -> None:
    assert {team.name for team in settings.teams} == {row["name"] for row in world.directory.all("teams")}
    for kind in ("escalation_policies", "services"):
        named = [each for team in settings.teams for each in getattr(team, kind)]
        assert sorted(named) == sorted(row["id"] for row in world.directory.all(kind))


def test_a_team_speaks_the_language_of_its_zone(settings: Settings) -> None:
    spoken = {(team.time_zone == "Asia/Tokyo", team.language) for team in settings.teams}
    assert spoken == {(True, "ja"), (False, "en")}


def test_it_writes_to_pagerduty_as_somebody_who_exists(settings: Settings, world: World) -> None:
    assert world.directory.user_by_email(str(settings.pagerduty.from_email))
    assert {team.mode for team in settings.teams} == {"act"}


def test_every_channel_exists_and_the_bot_is_in_it(settings: Settings, world: World) -> None:
    workspace = workspace_of(world)
    named = {settings.fallback_channel, settings.slack.trial_channel}
    for team in settings.teams:
        named |= {team.announce_channel, team.report_channel, team.people_channel}
    assert all(workspace.channels.named(str(name))["is_member"] for name in named)


def test_health_is_told_by_name_in_the_private_channels_of_slack(world: World, tmp_path: Path) -> None:
    workspace = workspace_of(world)
    with running(create_slack(workspace, rates="off")) as slack_url:
        settings = written(world, tmp_path / "toban.toml", slack_url=slack_url)
    channels = [workspace.channels.named(str(team.health.channel)) for team in settings.teams]
    assert all(channel["is_private"] for channel in channels)
    assert {f"#{channel['name']}" for channel in channels} == {team.people_channel for team in settings.teams}


def test_the_comparison_begins_when_it_is_told(settings: Settings) -> None:
    assert settings.reporting.improvements_since == SINCE
    assert settings.warehouse.directory.name == 'a "quoted" folder'


def test_names_cannot_break_out_of_their_quotes(tmp_path: Path) -> None:
    directory = {**history().directory, "teams": [{**team} for team in history().directory["teams"]]}
    directory["teams"][0]["name"] = NAME
    settings = written(World.from_history(directory, []), tmp_path / "toban.toml")
    assert NAME in {team.name for team in settings.teams}
    assert len(settings.teams) == len(directory["teams"])

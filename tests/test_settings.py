"""toban.toml is refused with the key's name, or becomes one frozen object."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from toban.errors import SettingsError
from toban.settings import Settings, load_settings, parse_settings

EXAMPLE = Path(__file__).parents[1] / "toban.example.toml"


def valid() -> dict[str, Any]:
    team = {
        "id": "db",
        "name": "Database",
        "time_zone": "Asia/Tokyo",
        "announce_channel": "#all",
        "escalation_policies": ["P1"],
    }
    return {"fallback_channel": "#oncall", "slack": {"trial_channel": "#trial"}, "teams": [team]}


def test_the_least_that_is_needed_is_enough() -> None:
    team = parse_settings(valid()).team("db")
    assert (team.mode, team.announce_at, team.language) == ("observe", time(10), "en")
    assert team.zone.key == "Asia/Tokyo"


def test_settings_cannot_be_changed_once_read() -> None:
    settings = parse_settings(valid())
    with pytest.raises(ValidationError):
        settings.teams[0].mode = "act"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["colour"], "red", ["colour", "not a known key"]),
        (["teams", 0, "anounce_at"], "10:00", ["teams.0.anounce_at", "not a known key"]),
        (["teams", 0, "time_zone"], "Asia/Tokio", ["teams.0.time_zone", "Asia/Tokio", "IANA"]),
        (["teams", 0, "time_zone"], None, ["teams.0.time_zone", "required"]),
        (["teams", 0, "announce_at"], time(10, 0, 30), ["teams.0.announce_at", "seconds"]),
        (["teams", 0, "announce_at"], "25:00", ["teams.0.announce_at"]),
        (["teams", 0, "announce_channel"], "all people", ["teams.0.announce_channel"]),
        (["teams", 0, "announce_channel"], "#<!channel>", ["teams.0.announce_channel", "such as #oncall"]),
        (["teams", 0, "escalation_policies"], "P1", ["escalation_policies = 'P1'", "square brackets"]),
        (["teams", 0, "id"], "Data Base", ["teams.0.id", "lower-case letters"]),
        (["teams", 0, "mode"], "shout", ["teams.0.mode"]),
        (["teams", 0, "mtta_goal_s"], 0, ["teams.0.mtta_goal_s"]),
        (["teams", 0, "escalation_policies"], [], ["teams.0: escalation_policies or schedules"]),
        (["teams", 0, "escalation_policies"], ["P1/../x"], ["teams.0.escalation_policies.0"]),
        (["teams"], [], ["teams"]),
        (["fallback_channel"], None, ["fallback_channel", "required"]),
        (["slack"], {}, ["slack.trial_channel"]),
        (["teams", 0, "mode"], "act", ["pagerduty.from_email"]),
        (["slack", "bot_token"], "xoxb-1", ["slack.bot_token", "secret"]),
        (["business_hours"], {"start": time(18), "end": time(8)}, ["business_hours", "later"]),
        (["pagerduty"], {"region": "moon"}, ["pagerduty.region"]),
        (["teams", 0, "calling"], {"remind_minutes": [6, 3]}, ["calling", "remind_minutes must rise"]),
        (["teams", 0, "calling"], {"escalate_after_minutes": 0}, ["calling.escalate_after_minutes"]),
        (
            ["teams", 0, "calling"],
            {"delay_likely_transients_minutes": 11},
            ["delay_likely_transients_minutes"],
        ),
        (
            ["teams", 0, "calling"],
            {"delay_likely_transients_minutes": 5, "escalate_after_minutes": 5},
            ["delay_likely_transients_minutes must be less than escalate_after_minutes"],
        ),
        (["health"], {"nights": 2}, ["health.nights", "not a known key"]),
        (["health"], {"channel": "C0123456"}, ["health.channel", "not a known key"]),
        (
            ["health"],
            {"gini": {"limit": 1.5, "source": "x"}},
            ["health.gini.limit", "less than or equal to 1"],
        ),
        (["health"], {"rise": {"limit": float("nan"), "source": "x"}}, ["health.rise.limit", "finite"]),
        (["health"], {"rise": {"limit": 0.5}}, ["health.rise.source", "required"]),
        (["health"], {"rise": {"limit": 0.5, "source": "a\nb"}}, ["health.rise.source", "one line"]),
        (["health"], {"fewest_people": 2}, ["health.fewest_people", "greater than or equal to 3"]),
        (["health"], {"coming_weeks": 5}, ["health.coming_weeks"]),
        (["teams", 0, "health"], {"channel": "#leads"}, ["teams.0.health.channel", "not a known key"]),
        (["teams", 0, "health"], {"night_weight": 0}, ["teams.0.health.night_weight"]),
        (["alerts"], {"storm_threshold": 1}, ["alerts.storm_threshold"]),
        (["intake"], [{"id": "own", "tool": "generic"}], ["intake.0", "mapping"]),
        (["intake"], [{"id": "a", "tool": "sentry"}, {"id": "a", "tool": "zabbix"}], ["'a' is used twice"]),
        (["intake"], [{"id": "a", "tool": "sentry", "routing_key": "x"}], ["routing_key"]),
    ],
)
def test_what_is_unknown_or_unsafe_is_refused_with_its_key(
    path: list[Any], value: object, words: list[str]
) -> None:
    values = valid()
    place = values
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    with pytest.raises(SettingsError) as refusal:
        parse_settings(values)
    sentence = str(refusal.value)
    assert all(word in sentence for word in words), sentence
    assert "\n" not in sentence


def test_a_refused_secret_is_not_repeated() -> None:
    values = valid() | {"token": "u+very-secret"}
    with pytest.raises(SettingsError) as refusal:
        parse_settings(values)
    assert "u+very-secret" not in str(refusal.value)


def test_two_teams_may_not_share_an_id() -> None:
    values = valid()
    values["teams"] *= 2
    with pytest.raises(SettingsError, match="'db' is used twice"):
        parse_settings(values)


def test_an_unknown_team_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"no team 'dba'.*db"):
        parse_settings(valid()).team("dba")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"toban\.example\.toml"):
        load_settings(tmp_path / "toban.toml")


def test_broken_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "toban.toml").write_text("teams = [", encoding="utf-8")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(tmp_path / "toban.toml")


def test_the_example_is_valid() -> None:
    assert load_settings(EXAMPLE).team("payments").name == "決済チーム"


def test_the_example_names_every_key() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert not [key for key in all_keys(Settings) if f"{key} = " not in text and f"{key}]" not in text]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_reference_page_names_every_key(language: str) -> None:
    page = (EXAMPLE.parent / "docs" / language / "settings.md").read_text(encoding="utf-8")
    assert not [key for key in all_keys(Settings) if f"`{key}`" not in page]


def all_keys(model: type) -> list[str]:
    """Every key, sections included, found in the model itself."""
    keys = []
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        keys.append(name)
        inner = getattr(field.annotation, "__args__", (field.annotation,))[0]
        if hasattr(inner, "model_fields"):
            keys += all_keys(inner)
    return keys


@pytest.mark.parametrize("folder", ["/srv/on call", "file:///srv/on%20call", "file://localhost/srv/on call"])
def test_the_export_is_a_folder_or_its_address(folder: str) -> None:
    settings = parse_settings(valid() | {"warehouse": {"export": folder}})
    assert settings.warehouse.export == Path("/srv/on call")


@pytest.mark.parametrize(
    "address", ["s3://bucket/toban", "s3://toban_export@bucket/toban", "gs://bucket", "abfss://container/x"]
)
def test_the_export_may_be_object_storage_with_the_name_of_a_connection(address: str) -> None:
    assert parse_settings(valid() | {"warehouse": {"export": address}}).warehouse.export == address


@pytest.mark.parametrize("key", ["export", "local_models"])
def test_a_password_in_an_address_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(SettingsError, match=rf"warehouse\.{key} holds a password") as refusal:
        parse_settings(valid() | {"warehouse": {key: "s3://AKIA:hush-hush@bucket/toban"}})
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize(
    "folder", ["s3://", "https://bucket/toban", "ftp://host/x", "file://elsewhere/srv", "file:///"]
)
def test_an_export_to_anything_else_is_refused(folder: str) -> None:
    with pytest.raises(SettingsError, match=r"warehouse\.export = .*must be a folder's path"):
        parse_settings(valid() | {"warehouse": {"export": folder}})


@pytest.mark.parametrize(
    ("marker", "rule"),
    [({"day": "soon", "label": "x"}, "day"), ({"day": "2026-09-01"}, "label"),
     ({"day": "2026-09-01", "label": ""}, "label"), ({"day": "2026-09-01", "label": "x" * 61}, "label"),
     ({"day": "2026-09-01", "label": "x", "colour": "red"}, "colour")],
)  # fmt: skip
def test_a_marker_that_is_none_is_refused_with_its_place(marker: dict[str, str], rule: str) -> None:
    with pytest.raises(SettingsError, match=rf"reporting\.markers\..*{rule}"):
        parse_settings(valid() | {"reporting": {"markers": [marker]}})

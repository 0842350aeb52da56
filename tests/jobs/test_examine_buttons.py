"""toban doctor says whether presses would arrive."""

from typing import Any

import pytest

from jobs.button_company import team
from toban.errors import SettingsError, SlackRefused
from toban.jobs.examinations.buttons import examine_buttons
from toban.settings import parse_settings


def found(
    buttons: str, *, signed: bool = True, trouble: Exception | None = None, **settings: Any
) -> list[tuple[str, str]]:
    usual = {"fallback_channel": "#alerts", "pagerduty": {"from_email": "a@example.com"}, "teams": [team()]}

    def open_socket() -> None:
        if trouble:
            raise trouble

    configured = parse_settings(usual | {"slack": {"buttons": buttons}} | settings)
    return [
        (each.level, each.text)
        for each in examine_buttons(configured, lambda: "s" if signed else None, open_socket)
    ]


def test_where_there_are_no_buttons_nothing_is_examined() -> None:
    assert found("off", signed=False, trouble=SettingsError("x")) == []


def test_over_http_they_need_an_address_and_a_secret() -> None:
    public = {"public_url": "https://toban.example.com/toban/"}
    assert found("http", receivers=public) == [
        ("good", "arrive at https://toban.example.com/toban/slack, signed")
    ]
    assert [level for level, _ in found("http", signed=False)] == ["bad", "bad"]
    ((level, text),) = found("http", signed=False, receivers=public)
    assert (level, text) == ("bad", "the signing secret is missing: every press is answered 503")


@pytest.mark.parametrize(
    "trouble", [SettingsError("no token"), SlackRefused("no scope", code="missing_scope")]
)
def test_over_a_socket_they_need_a_token_that_opens_one(trouble: Exception) -> None:
    assert found("socket", trouble=trouble) == [("bad", str(trouble))]
    assert [level for level, _ in found("socket")] == ["good"]

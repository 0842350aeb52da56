"""An alert pass that is late is said in the fallback channel, once an hour, in the configured language."""

import time
from typing import Any

import pytest

from installation import Installation
from toban.errors import SlackRefused
from toban.scheduling import tell_stillness

FALLBACK = "oncall"


def context(**more: Any) -> dict[str, Any]:
    """What Airflow hands to a deadline's callback, as far as Toban reads it."""
    run = {
        "dag_id": "toban_handle_alerts",
        "dag_run_id": "scheduled__2026-11-23T01:05:00+00:00",
        "queued_at": "2026-11-23T01:05:00.520113Z",
        "start_date": "2026-11-23T01:05:01.204112Z",
        "end_date": None,
    }
    return {"dag_run": run | more, "deadline": {"id": "1", "deadline_time": "2026-11-23T01:07:00Z"}}


def test_a_pass_that_hangs_is_said_with_since_when_and_the_way_to_it(toban: Installation) -> None:
    tell_stillness(context())
    (said,) = toban.messages(FALLBACK)
    assert (
        said["text"] == "Alert passes have stopped: one that began Mon 23 Nov 10:05 has not ended."
    )  # Tokyo's clock
    shown = said["blocks"][0]["text"]["text"]
    assert "PagerDuty still calls" in shown
    assert (
        "/dags/toban_handle_alerts/runs/scheduled__2026-11-23T01%3A05%3A00%2B00%3A00|Open the run>" in shown
    )


def test_a_pass_that_nobody_began_is_said_as_such(toban: Installation) -> None:
    tell_stillness(context(start_date=None))
    assert "one that was due Mon 23 Nov 10:05 has not begun" in toban.messages(FALLBACK)[0]["text"]


def test_a_pass_that_ended_meanwhile_is_said_as_past(toban: Installation) -> None:
    tell_stillness(context(end_date="2026-11-23T01:09:00Z"))
    assert toban.messages(FALLBACK)[0]["text"].endswith(
        "stood still from Mon 23 Nov 10:05 to Mon 23 Nov 10:09."
    )


def test_many_late_passes_are_said_once_an_hour(toban: Installation) -> None:
    while time.gmtime().tm_min == 59 and time.gmtime().tm_sec > 50:
        time.sleep(1)
    for minute in range(5):
        tell_stillness(context(dag_run_id=f"webhook__{minute}"))
    (said,) = toban.messages(FALLBACK)
    assert said["metadata"]["event_payload"]["key"] == time.strftime("stillness:%Y-%m-%dT%H", time.gmtime())


def test_it_speaks_the_configured_language(toban: Installation) -> None:
    toban.edit_settings("fallback_channel", 'language = "ja"\nfallback_channel')
    tell_stillness(context())
    assert toban.messages(FALLBACK)[0]["text"] == (
        "アラートの巡回が止まっています。11月23日(月) 10:05 に始まった巡回が終わっていません。"
    )


def test_what_slack_refuses_stands_in_the_callback_s_log(toban: Installation) -> None:
    toban.slack_fault("error", "chat.postMessage", times=100, error="channel_not_found")
    with pytest.raises(SlackRefused):
        tell_stillness(context())

"""A failed run is said in the fallback channel, once a day for each DAG and kind, and never fails itself."""

import logging
from dataclasses import dataclass
from typing import Any

import pytest

from installation import SECRET, Installation
from toban.errors import DataTestFailed, PagerDutyUnavailable
from toban.scheduling import tell_failure

FALLBACK = "oncall"


@dataclass(frozen=True)
class Run:
    """What Toban reads of Airflow's run."""

    dag_id: str = "toban_sync_incidents"
    run_id: str = "scheduled__2026-11-23T01:00:00+00:00"


def context(error: BaseException | None = None, **more: Any) -> dict[str, Any]:
    return {"dag_run": Run(), "exception": error, **more}


def test_a_failure_is_one_sentence_with_the_way_to_its_log(toban: Installation) -> None:
    tell_failure(context(PagerDutyUnavailable("PagerDuty did not answer.")))
    (said,) = toban.messages(FALLBACK)
    assert said["text"] == "toban_sync_incidents failed: PagerDuty did not answer."
    shown = said["blocks"][0]["text"]["text"]
    assert (
        "/dags/toban_sync_incidents/runs/scheduled__2026-11-23T01%3A00%3A00%2B00%3A00|Open the log>" in shown
    )


def test_the_same_kind_of_failure_is_said_once_a_day(toban: Installation) -> None:
    for minute in range(3):
        tell_failure(context(PagerDutyUnavailable(f"It did not answer in minute {minute}.")))
    assert len(toban.messages(FALLBACK)) == 1
    tell_failure(context(DataTestFailed("Rows contradict a rule.")))
    tell_failure({"dag_run": Run("toban_watch_takeovers"), "exception": PagerDutyUnavailable("No answer.")})
    assert len(toban.messages(FALLBACK)) == 3


def test_hostile_words_in_a_reason_ring_nobody(toban: Installation) -> None:
    tell_failure(context(PagerDutyUnavailable("title <!channel> <@U0AIKO> & {why} {0}")))
    (said,) = toban.messages(FALLBACK)
    assert said["text"].endswith("title &lt;!channel&gt; &lt;@U0AIKO&gt; &amp; {why} {0}")
    assert "<!channel>" not in str(said)


def test_a_very_long_reason_is_cut(toban: Installation) -> None:
    tell_failure(context(PagerDutyUnavailable("<" * 10_000)))
    (said,) = toban.messages(FALLBACK)
    assert said["text"].count("&lt;") == 600


def test_an_error_without_words_is_named_by_its_kind(toban: Installation) -> None:
    tell_failure(context(TimeoutError()))
    assert toban.messages(FALLBACK)[0]["text"] == "toban_sync_incidents failed: TimeoutError"


def test_a_killed_task_has_a_reason_instead_of_an_error(toban: Installation) -> None:
    tell_failure(context(reason="the worker was killed"))
    assert toban.messages(FALLBACK)[0]["text"] == "toban_sync_incidents failed: the worker was killed"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "error": "invalid_auth"},
        {"kind": "error", "error": "channel_not_found"},
        pytest.param({"kind": "500"}, marks=pytest.mark.slow),  # tried again for some seconds
    ],
    ids=str,
)
def test_what_slack_refuses_is_logged_and_never_raised(
    toban: Installation, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    toban.slack_fault(times=100, **fault)
    tell_failure(context(PagerDutyUnavailable("No answer.")))
    assert toban.messages(FALLBACK) == []
    assert "the failure could not be said in Slack" in caplog.text
    assert SECRET not in caplog.text


def test_settings_that_cannot_be_read_are_logged_and_never_raised(
    toban: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    toban.settings.write_text("colour = ", encoding="utf-8")
    tell_failure(context(PagerDutyUnavailable("No answer.")))
    tell_failure({})
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == 2

"""The runbooks that come with Toban: valid, told apart, in both languages, and found for the usual alerts."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks import AlertText, match
from toban.domain.runbooks.first_step import LONGEST
from toban.domain.runbooks.review import review
from toban.sandbox.pagerduty.life.alerting import SYMPTOMS

DIRECTORY = Path(__file__).parents[1] / "runbooks"
SHELF = load_runbooks(DIRECTORY, compile_pattern)
VERSIONS = [version for runbook in SHELF.runbooks for version in runbook.versions]


def found(title: str) -> list[str]:
    return [each.runbook.id for each in match(AlertText(title), SHELF.runbooks)]


def test_nothing_is_wrong_with_them_on_the_day_they_were_read():
    newest = max(version.reviewed for version in VERSIONS)
    assert newest <= date.today() + timedelta(days=1)  # noqa: DTZ011 - the day a person would write
    assert SHELF.problems == ()
    assert review(SHELF.runbooks, [], newest, 180) == []
    assert len(SHELF.runbooks) >= 10


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.file)
def test_the_first_step_is_whole_and_holds_a_command_or_a_decision(version):
    assert 30 <= len(version.first_step) < LONGEST
    assert not version.first_step.endswith("…")
    assert version.first_step.count("`") % 2 == 0


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.file)
def test_each_says_when_to_call_somebody_else(version):
    assert (
        "**Escalate**" in version.sections.mitigation or "**エスカレーション**" in version.sections.mitigation
    )


@pytest.mark.parametrize("runbook", SHELF.runbooks, ids=lambda runbook: runbook.id)
def test_both_languages_give_the_same_commands(runbook):
    def commands(text: str) -> int:
        return text.count("`")

    english, japanese = (runbook.version(code).sections for code in ("en", "ja"))
    assert commands(english.diagnosis) == commands(japanese.diagnosis)
    assert commands(english.mitigation) == commands(japanese.mitigation)


@pytest.mark.parametrize(
    ("title", "runbook"),
    [
        ("No space left on device: /var/lib/app", "disk-full"),
        ("[Triggered] Disk usage is 93.4% on db-1", "disk-full"),
        ("本番 ディスク使用率 95%", "disk-full"),
        ("CPU利用: CPU使用率が高い", "high-cpu"),
        ("Container api was OOMKilled", "out-of-memory"),
        ("ALB 503 count", "http-5xx-rate"),
        ("5xxエラー率が5%を超えました", "http-5xx-rate"),
        ("p99 latency above 800 ms", "high-latency"),
        ("応答時間が3秒を超過", "high-latency"),
        ("TLS certificate for example.com expires in 6 days", "certificate-expiry"),
        ("証明書の有効期限まで残り7日", "certificate-expiry"),
        ("FATAL: sorry, too many clients already", "database-connections-exhausted"),
        ("RDS connections above 450", "database-connections-exhausted"),
        ("Replica db-2 is 300 s behind", "replication-lag"),
        ("Kafka consumer lag on orders", "queue-backlog"),
        ("メッセージ滞留: 送信キュー", "queue-backlog"),
        ("KubePodCrashLooping", "pod-crash-loop"),
        ("Pod checkout-7d9 restarting", "pod-crash-loop"),
        ("Host web-3 is down", "host-down"),
        ("サーバーダウン web-3", "host-down"),
    ],
)
def test_a_usual_alert_finds_its_runbook(title, runbook):
    assert found(title)[:1] == [runbook]


@pytest.mark.parametrize("symptom", [title for title, _, _ in SYMPTOMS])
def test_each_alert_the_sandbox_invents_has_one(symptom):
    assert found(f"checkout: {symptom}")


@pytest.mark.parametrize(
    "title", ["Order submission failed", "Countdown of the sale ends", "注文が失敗しました", ""]
)
def test_an_alert_of_something_else_gets_none(title):
    assert found(title) == []

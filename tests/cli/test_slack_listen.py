"""`toban slack-listen` from outside: a press in Slack is in the ledger, and Ctrl-C ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.cli import main
from toban.clients.ledger import Ledger
from toban.domain.controls import actions, button
from toban.domain.presses.values import About

ROOT = Path(__file__).parents[2]
SETTINGS = """
fallback_channel = "#oncall"
slack = { trial_channel = "#oncall", buttons = "%s" }
[[teams]]
id = "pay"
name = "Pay"
time_zone = "Asia/Tokyo"
announce_channel = "#oncall"
escalation_policies = ["E1"]
"""


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox() as running:
        yield running


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    (folder / "toban.toml").write_text(SETTINGS % "socket")
    return {
        "PYTHONPATH": str(ROOT / "include"),
        "TOBAN_SETTINGS": str(folder / "toban.toml"),
        "TOBAN_SLACK_URL": url,
        "TOBAN_SLACK_TOKEN": "xoxb-test",
        "TOBAN_SLACK_APP_TOKEN": "xapp-test",
        "TOBAN_LEDGER_URL": f"sqlite:///{folder / 'ledger.db'}",
        **more,
    }


def connections(sandbox: SlackSandbox) -> int:
    answer: dict[str, Any] = httpx.get(f"{sandbox.url}/_sandbox/socket-mode").json()
    return int(answer["connections"])


def pressed(sandbox: SlackSandbox) -> bool:
    row = actions("b", [button("Ack", "toban_acknowledge", About("Q1", 0).packed())])
    said = {"channel": "oncall", "text": "x", "blocks": [row]}
    token = {"Authorization": "Bearer xoxb-test"}
    ts = httpx.post(f"{sandbox.url}/api/chat.postMessage", json=said, headers=token).json()["ts"]
    form = {"channel": "oncall", "ts": ts, "action_id": "toban_acknowledge", "user": "aiko@example.com"}
    return bool(httpx.post(f"{sandbox.url}/_sandbox/press", data=form).json()["ok"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_press_is_in_the_ledger_when_slack_is_answered(
    sandbox: SlackSandbox, tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "toban", "slack-listen"]
    env = os.environ | environment(tmp_path, sandbox.url)
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 60
        while not connections(sandbox) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert pressed(sandbox)
        waiting = Ledger(env["TOBAN_LEDGER_URL"]).presses.pending(datetime.now(UTC))
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert [press.key for press in waiting] == ["acknowledge:Q1:0"]
    assert (process.returncode, out) == (0, "Listening to Slack.\nStopped.\n")
    assert err == "toban: no login for Airflow is set: presses wait for the pass of each minute.\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"TOBAN_SLACK_APP_TOKEN": ""}, "There is no app-level token: set TOBAN_SLACK_APP_TOKEN"),
        ({"TOBAN_SLACK_APP_TOKEN": "xapp-invalid"}, "Slack does not accept the app-level token"),
        ({"TOBAN_SLACK_APP_TOKEN": "xoxb-test"}, "Slack does not accept the app-level token"),
    ],
)
def test_a_token_that_does_not_do_is_one_sentence(
    sandbox: SlackSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    sentence: str,
) -> None:
    for name, value in environment(tmp_path, sandbox.url, **change).items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["slack-listen"])
    assert result.exit_code in {1, 2}
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_without_socket_mode_in_the_settings_it_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path, "http://127.0.0.1:9").items():
        monkeypatch.setenv(name, value)
    (tmp_path / "toban.toml").write_text(SETTINGS % "off")
    result = CliRunner().invoke(main, ["slack-listen"])
    assert result.exit_code == 2
    assert 'slack.buttons = "off"' in result.stderr

"""The process of an alert pass is killed at random moments of a day of incidents, and started again.

TOBAN_KILLS=200 is the full form (`make alert-kills`). The seed is printed; TOBAN_SEED repeats a day as far as
processes can be repeated.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from alert_company import CALLING, CHANNEL, FALLBACK, NIGHT, TRIAL, AlertCompany, alert_team, directory, words
from alert_day import Day
from alert_passer import FastClock, Passer, Plan
from duty_company import users
from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.pagerduty.incident_events import read_events
from toban.domain.alerts.lines import line_key
from toban.domain.alerts.nouns import Kind
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app as create_pagerduty
from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.pagerduty.wire import parse
from toban.sandbox.slack import Workspace
from toban.sandbox.slack import create_app as create_slack
from toban.settings import parse_settings

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("TOBAN_KILLS", "4"))
SEED = int(os.environ.get("TOBAN_SEED", str(random.randrange(10**6))))
SPEED = 30.0  # a minute takes two seconds
LIFE_S, STEPS = 1.2, 3  # at most, of a child; what happens meanwhile
SETTLED_S = 120.0
TOLD = {Kind.ACKNOWLEDGE, Kind.ESCALATE, Kind.ANNOTATE, Kind.RESOLVE, Kind.REOPEN}
STANDING = {"trigger": False, "reopen": False, "escalate": False, "unacknowledge": False}
STANDING |= {"acknowledge": True, "resolve": True}  # by kind of log entry: whether somebody has it
WIRE = timedelta(seconds=1)  # PagerDuty's moments have whole seconds

pytestmark = pytest.mark.slow


@contextmanager
def fast_company(tmp_path: Path) -> Iterator[tuple[AlertCompany, Plan]]:
    """A company whose PagerDuty and Slack live in a time that flies."""
    clock = FastClock(time.time(), NIGHT, SPEED)
    calling = CALLING | {"remind_minutes": [1, 2], "escalate_after_minutes": 3}
    values: dict[str, Any] = {
        "fallback_channel": f"#{FALLBACK}",
        "teams": [alert_team(calling=calling)],
        "slack": {"trial_channel": f"#{TRIAL}"},
        "pagerduty": {"from_email": "pdan@example.com"},
    }
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with ExitStack() as servers:
        world = World.from_history(directory(), [], now=clock)
        pagerduty = create_pagerduty(world, requests_per_minute=None, ticking=False)
        pagerduty_url = servers.enter_context(running(pagerduty))
        members = [{"name": one["name"], "email": one["email"], "tz": "Asia/Tokyo"} for one in users()]
        workspace = Workspace.for_people(members, (CHANNEL, FALLBACK, TRIAL), clock=clock.timestamp)
        slack_url = servers.enter_context(running(create_slack(workspace, rates="off")))
        ledger = Ledger(url)
        ledger.migrate()
        settings = parse_settings(values)
        company = AlertCompany(clock, world, pagerduty_url, slack_url, workspace, ledger, settings)
        yield company, Plan(values, pagerduty_url, slack_url, url, clock, str(tmp_path / "reminders.log"))


@contextmanager
def nursery(tmp_path: Path, plan: Plan) -> Iterator["Nursery"]:
    """Where children that run passes are made; none outlives it."""
    file = tmp_path / "plan.json"
    file.write_text(plan.dump(), encoding="utf-8")
    command = [sys.executable, str(ROOT / "tests/alert_passer.py"), str(file)]
    path = os.pathsep.join([str(ROOT / "include"), str(ROOT / "tests")])
    with (tmp_path / "passer.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        made = Nursery(process)
        try:
            yield made
        finally:
            made.close()


class Nursery:
    """One child at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._child: int | None = None

    def bear(self) -> None:
        """A child that runs pass after pass."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._child = int(self._answer())

    def kill(self) -> None:
        """End it as a power cut does; returns when it is gone."""
        assert self._child is not None
        os.kill(self._child, signal.SIGKILL)
        self._child = None
        assert self._answer() == "gone"

    def close(self) -> None:
        if self._child is not None:
            self.kill()
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def live_through(company: AlertCompany, day: Day, children: Nursery, kills: int) -> None:
    """A day in which every child is killed at a moment of chance, whatever happens meanwhile."""
    for number in range(kills):
        day.step()
        children.bear()
        for _ in range(STEPS):
            time.sleep(day.chance.uniform(0, LIFE_S / STEPS))
            day.step()
        if number == kills * 4 // 5:  # late: it takes in whatever comes within ten minutes
            day.storm()
        tick(company.world)
        time.sleep(day.chance.uniform(0, LIFE_S / STEPS))
        children.kill()


def settle(plan: Plan) -> None:
    """Undisturbed passes, until nothing was to be done for as long as a claim lasts."""
    passer = Passer(plan)
    deadline, quiet_since = time.monotonic() + SETTLED_S, time.monotonic()
    while time.monotonic() < quiet_since + 3:
        assert time.monotonic() < deadline, "passes go on finding something to do"
        summary = passer.run()
        if summary.done or summary.left:
            quiet_since = time.monotonic()
        time.sleep(0.2)


@pytest.mark.soak
def test_passes_killed_at_any_moment_leave_no_incident_unannounced_and_say_nothing_twice(
    tmp_path: Path,
) -> None:
    sys.stdout.write(f"TOBAN_SEED={SEED} TOBAN_KILLS={KILLS}\n")
    with fast_company(tmp_path) as (company, plan):
        company.tell("_sandbox/latency", {"ms": 5})
        day = Day(company, random.Random(SEED))
        settle(plan)  # the first pass of all, which looks at nothing that was before it
        with nursery(tmp_path, plan) as children:
            live_through(company, day, children, KILLS)
        day.end()
        settle(plan)

        spoken = company.messages(CHANNEL)
        assert each_key_once(spoken) == []
        assert unannounced(company, spoken) == []
        assert missing_lines(company) == []
        assert notes_not_said_once(day, spoken) == []
        assert rung_in_vain(company, plan, spoken) == []
        counts = len(company.world.incidents), len(spoken), len(reminders(spoken))
        sys.stdout.write("{} incidents, {} messages, {} reminders\n".format(*counts))


def key_of(message: dict[str, Any]) -> str:
    return message["metadata"]["event_payload"]["key"]


def each_key_once(spoken: list[dict[str, Any]]) -> list[str]:
    """Keys that stand in Slack more than once."""
    return [key for key, count in Counter(map(key_of, spoken)).items() if count > 1]


def unannounced(company: AlertCompany, spoken: list[dict[str, Any]]) -> list[str]:
    """Incidents whose number and title no head or part of a group names."""
    texts = [words(one) for one in spoken if key_of(one).split(":")[0] in {"alert", "storm", "list", "part"}]
    lines = {line for text in texts for line in text.splitlines()}
    return [
        f"#{incident['incident_number']} {incident['title']}"
        for incident in company.world.incidents
        if not any(names(line, incident) for line in lines)
    ]


def names(line: str, incident: dict[str, Any]) -> bool:
    title = incident["title"].replace("<", "&lt;").replace(">", "&gt;")
    return title in line and re.search(rf"#{incident['incident_number']}\b", line) is not None


def missing_lines(company: AlertCompany) -> list[str]:
    """What happened in an incident and stands in no thread."""
    ledger, entries = company.ledger, [*company.world.entries.newest_first(0, len(company.world.entries))]
    told = [event for event in read_events(entries) if event.kind in TOLD]
    known = ledger.lines.known([line_key(event) for event in told])
    never = [f"{event.kind} {line_key(event)}" for event in told if line_key(event) not in known]
    return never + [f"unsaid {key}" for key in ledger.lines.unsaid(now=company.clock.now)]


def notes_not_said_once(day: Day, spoken: list[dict[str, Any]]) -> list[str]:
    text = "\n".join(map(words, spoken))
    return [note for _, note in day.notes if text.count(note) != 1]


def reminders(spoken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in spoken if key_of(one).startswith("reminder:")]


def rung_in_vain(company: AlertCompany, plan: Plan, spoken: list[dict[str, Any]]) -> list[str]:
    """Reminders of what was in somebody's hands when the round began, and still was when they came."""
    log = Path(plan.log)
    rounds = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    began = {key: datetime.fromisoformat(at) for key, at in rounds}  # the last round that posted it
    wrong = []
    for message in reminders(spoken):
        key, at = key_of(message), datetime.fromtimestamp(float(message["ts"]), UTC)
        if all(in_hands(company, one, began[key], at) for one in about(company, key)):
            wrong.append(f"{key}: the round began at {began[key]}, it came at {at}")
    return wrong


def about(company: AlertCompany, key: str) -> list[str]:
    """The incidents a reminder is about."""
    subject = key.removeprefix("reminder:").rsplit(":", 2)[0]
    if ":" not in subject:
        return [subject]
    return [thread.incident_id for thread in company.ledger.threads.group(subject)]


def in_hands(company: AlertCompany, incident_id: str, since: datetime, until: datetime) -> bool:
    """Whether it was acknowledged or over all the time; what happened within a second of it counts as no."""
    entries = company.world.entries.of(incident_id)
    turns = [(parse(one["created_at"]), one["type"].removesuffix("_log_entry")) for one in entries]
    stands = [(at, STANDING[kind]) for at, kind in turns if kind in STANDING]
    spans = pairwise([*stands, (until + 2 * WIRE, False)])
    return any(taken and at + WIRE <= since and end > until for (at, taken), (end, _) in spans)


def test_the_check_for_reminders_in_vain_would_find_one(tmp_path: Path) -> None:
    with fast_company(tmp_path) as (company, plan):
        incident_id = company.fire()
        time.sleep(0.1)
        company.change(incident_id, status="acknowledged")
        time.sleep(0.1)
        key, began = f"reminder:{incident_id}:0:1", company.clock.now
        Path(plan.log).write_text(json.dumps([key, began.isoformat()]) + "\n")
        reminder = {"metadata": {"event_payload": {"key": key}}, "ts": f"{company.clock.timestamp():.6f}"}
        assert len(rung_in_vain(company, plan, [reminder])) == 1
        early = company.clock.now - timedelta(seconds=30)
        Path(plan.log).write_text(json.dumps([key, early.isoformat()]) + "\n")
        assert rung_in_vain(company, plan, [reminder]) == []
        incident = company.incident(incident_id)
        assert names(f"*{incident['title']}* · #{incident['incident_number']}", incident)
        assert not names(f"*{incident['title']}* · #{incident['incident_number']}0", incident)

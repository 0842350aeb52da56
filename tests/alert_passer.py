"""A process whose children run alert passes, so that a test can kill them: `alert_passer.py PLAN`.

Each line on stdin makes a child, as LocalExecutor's worker makes one for a task: nothing has to be imported
anew. Its pid is the answer. A child runs pass after pass until it is killed, in a time that flies.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_library import runbook_library
from toban.clients.slack import Posted, Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.slack_places import Places
from toban.domain.runbooks.nouns import RunbookShelf
from toban.errors import TobanError
from toban.jobs.alerting.desk import desks
from toban.jobs.alerting.duty_claims import claims_by_team
from toban.jobs.alerting.tools import Tools
from toban.jobs.answer_presses import answer_presses
from toban.jobs.draft_in_thread import Drafting
from toban.jobs.handle_alerts import Summary, handle_alerts
from toban.settings import parse_settings

REST_S = 0.05  # between two passes of a child
SLACK_TIMEOUT_S = 30  # a claim that a killed child held ends after twice that, by the clock that flies


@dataclass(frozen=True)
class FastClock:
    """Shows ``at`` at the real moment ``began`` (seconds since 1970), and runs ``speed`` times as fast."""

    began: float
    at: datetime
    speed: float

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=(time.time() - self.began) * self.speed)

    @property
    def now(self) -> datetime:
        """What it shows."""
        return self()

    def timestamp(self) -> float:
        """The same in seconds since 1970."""
        return self().timestamp()


@dataclass(frozen=True)
class Plan:
    """All that a pass needs. PagerDuty, Slack and the pass go by ``clock``.

    A line of ``log`` is [key of a reminder, when the round began that posts it], written before it is posted.
    """

    settings: dict[str, Any]
    pagerduty_url: str
    slack_url: str
    ledger_url: str
    clock: FastClock
    log: str

    def dump(self) -> str:
        """As JSON."""
        clock = self.clock.began, self.clock.at.isoformat(), self.clock.speed
        return json.dumps(vars(self) | {"clock": clock})

    @staticmethod
    def load(text: str) -> "Plan":
        """From JSON."""
        values = json.loads(text)
        began, at, speed = values.pop("clock")
        return Plan(**values, clock=FastClock(began, datetime.fromisoformat(at), speed))


class Noting(Slack):
    """Notes which round posts a reminder, at a moment before it can be in Slack."""

    note: Callable[[str], None]

    def post(self, *args: Any, **named: Any) -> Posted:
        key = named.get("key") or ""
        if key.startswith("reminder:"):
            self.note(key)
        return super().post(*args, **named)


class Passer:
    """Runs passes as the wiring does, but for the clocks and for Slack's pace."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._settings = parse_settings(plan.settings)
        self._round_began = plan.clock.now

    def run(self) -> Summary:
        """One pass; raises TobanError."""
        tools = self._tools()
        return handle_alerts(tools, first=lambda: self._begin_round(tools), sleep=hasten)

    def _begin_round(self, tools: Tools) -> None:
        self._round_began = self._plan.clock.now
        answer_presses(
            pagerduty=tools.pagerduty,
            ledger=tools.ledger,
            slack=tools.slack,
            settings=tools.settings,
            now=self._plan.clock.now,
        )

    def _tools(self) -> Tools:
        plan, settings = self._plan, self._settings
        ledger = Ledger(plan.ledger_url)
        ledger.migrate()
        slack = Noting("xoxb-test", f"{plan.slack_url}/api/", timeout_s=SLACK_TIMEOUT_S, sleep=hasten)
        slack.note = self._note
        pagerduty = PagerDuty(
            "test", plan.pagerduty_url, from_email=settings.pagerduty.from_email, patience_s=0.5, timeout_s=5
        )
        return Tools(
            settings=settings,
            desks=desks(settings),
            claims=claims_by_team(settings, pagerduty, ledger, plan.clock.now),
            pagerduty=pagerduty,
            ledger=ledger,
            slack=slack,
            messenger=Messenger(ledger, slack, clock=plan.clock, patience_s=0),
            places=Places(slack, SlackPeople(slack, settings.slack.user_overrides), ledger.notes, plan.clock),
            shelf=cache(lambda: load_runbooks(settings.runbooks.directory)),
            library=cache(
                lambda: runbook_library(settings.runbooks.directory, RunbookShelf(()), ledger, plan.clock.now)
            ),
            triage=lambda *_: None,
            drafting=Drafting(lambda *_: None),
            clock=plan.clock,
        )

    def _note(self, key: str) -> None:
        line = json.dumps([key, self._round_began.isoformat()]) + "\n"
        handle = os.open(self._plan.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line.encode())
        os.close(handle)


def hasten(seconds: float) -> None:
    """A message a second in a channel would only lengthen the day; turns that nobody waited for add up."""
    time.sleep(min(seconds, 1.0) / 50)


def pass_after_pass(plan: Plan) -> None:
    """Until somebody ends it; a pass that fails is followed by the next, as in Airflow."""
    passer = Passer(plan)
    while True:
        try:
            passer.run()
        except TobanError:
            traceback.print_exc()
        time.sleep(REST_S)


def main() -> None:
    plan = Plan.load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            pass_after_pass(plan)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A company whose alerts fire on a PagerDuty and a Slack served over HTTP, at the time a test says it is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from duty_company import Clock, policy, schedule, users
from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_library import runbook_library
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.slack_places import Places
from toban.domain.runbooks.nouns import RunbookShelf
from toban.domain.triage.nouns import Asked
from toban.jobs.alerting.desk import desks
from toban.jobs.alerting.duty_claims import claims_by_team
from toban.jobs.alerting.tools import Tools
from toban.jobs.answer_presses import answer_presses
from toban.jobs.draft_in_thread import Drafting, Known
from toban.jobs.handle_alerts import Summary, handle_alerts
from toban.jobs.triage_alert import Triage
from toban.jobs.word_draft import Wording
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app as create_pagerduty
from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.slack import Workspace
from toban.sandbox.slack import create_app as create_slack
from toban.settings import Settings, parse_settings

ROUTING_KEY = "R" * 32
INTEGRATION = {
    "id": "I1",
    "type": "events_api_v2_inbound_integration",
    "summary": "Datadog",
    "name": "Datadog",
    "integration_key": ROUTING_KEY,
}
NIGHT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 03:00 in Tokyo
CHANNEL, FALLBACK, TRIAL = "shop-alerts", "oncall", "toban-trial"
CALLING = {"remind_minutes": [3, 6], "escalate_after_minutes": 10}


def alert_team(**more: Any) -> dict[str, Any]:
    """A team in mode act, asked on three levels: Ann and Ben by schedule, then Ben, then Cleo."""
    values: dict[str, Any] = {"id": "shop", "name": "Shop", "time_zone": "Asia/Tokyo", "mode": "act"}
    values |= {
        "announce_channel": f"#{FALLBACK}",
        "alert_channel": f"#{CHANNEL}",
        "escalation_policies": ["E1"],
    }
    return values | {"escalation_policies": ["E1"], "services": ["V1"], "calling": CALLING} | more


def directory(**more: Any) -> dict[str, list[dict[str, Any]]]:
    """One policy with three levels that PagerDuty leaves alone for an hour, and two services."""
    asked = policy("E1", ["PANN"], ["PBEN"], ["PCLEO"])
    for rule in asked["escalation_rules"]:
        rule["escalation_delay_in_minutes"] = 60
    reference = {"id": "E1", "type": "escalation_policy_reference"}
    return {
        "users": users(),
        "schedules": [schedule("S1", "PANN", "PBEN")],
        "escalation_policies": [asked],
        "services": [
            {"id": "V1", "name": "shop", "escalation_policy": reference, "integrations": [INTEGRATION]},
            {"id": "V2", "name": "elsewhere", "escalation_policy": policy_reference("E2")},
        ],
        "teams": [],
    } | more


def policy_reference(key: str) -> dict[str, str]:
    return {"id": key, "type": "escalation_policy_reference"}


@dataclass
class AlertCompany:
    """Everything passes need, and short words for what happens in PagerDuty and stands in Slack."""

    clock: Clock
    world: World
    pagerduty_url: str
    slack_url: str
    workspace: Workspace
    ledger: Ledger
    settings: Settings
    elapsed_s: float = 0.0
    triage: Callable[[Asked, datetime, float | None], Triage | None] = lambda *_: None
    known: Known = lambda *_: None
    wording: Wording | None = None

    def tools(self) -> Tools:
        """Made anew for each pass, as in a process of its own."""
        slack = Slack("xoxb-test", f"{self.slack_url}/api/", timeout_s=5, sleep=lambda _: None)
        pagerduty = PagerDuty(
            "test",
            self.pagerduty_url,
            from_email=self.settings.pagerduty.from_email,
            patience_s=0.2,
            sleep=lambda _: None,
        )
        people = SlackPeople(slack, self.settings.slack.user_overrides)
        return Tools(
            settings=self.settings,
            desks=desks(self.settings),
            claims=claims_by_team(self.settings, pagerduty, self.ledger, self.clock.now),
            pagerduty=pagerduty,
            ledger=self.ledger,
            slack=slack,
            messenger=Messenger(self.ledger, slack, clock=self.clock, sleep=lambda _: None, patience_s=0),
            places=Places(slack, people, self.ledger.notes, self.clock),
            shelf=self.shelf,
            library=lambda: runbook_library(
                self.settings.runbooks.directory, self.shelf(), self.ledger, self.clock.now
            ),
            triage=self.triage,
            drafting=Drafting(self.known, self.wording),
            clock=self.clock,
        )

    def shelf(self) -> RunbookShelf:
        """The runbooks as they lie now."""
        return load_runbooks(self.settings.runbooks.directory)

    def sleep(self, seconds: float) -> None:
        """Nobody waits in a test: everybody's clock goes on instead."""
        self.elapsed_s += seconds
        self.clock.now += timedelta(seconds=seconds)

    def stopwatch(self) -> float:
        """Seconds that anybody slept; looking at it takes one millisecond, so that no loop is endless."""
        self.elapsed_s += 0.001
        return self.elapsed_s

    def run(self) -> Summary:
        """One pass, now."""
        tick(self.world)
        tools = self.tools()

        def answer() -> None:
            answer_presses(
                pagerduty=tools.pagerduty,
                ledger=self.ledger,
                slack=tools.slack,
                settings=self.settings,
                now=self.clock.now,
            )

        return handle_alerts(tools, first=answer, clock=self.stopwatch, sleep=self.sleep)

    def passes(self, minutes: int) -> None:
        """A pass each minute for so long, as Airflow does it."""
        for _ in range(minutes):
            self.clock.now += timedelta(minutes=1)
            self.run()

    def fire(self, summary: str = "disk full on db-1", service: str = "V1", **more: Any) -> str:
        """An alert; gives the incident's id."""
        made = self.tell("_sandbox/incidents", {"service": service, "summary": summary, **more})
        return str(made["incident"]["id"])

    def change(self, incident_id: str, user: str = "PANN", **values: Any) -> None:
        """What a person does to an incident in PagerDuty: `status="acknowledged"`, `escalation_level=2`, …"""
        body = {"incident": {"id": incident_id, "type": "incident_reference", **values}}
        self._send("PUT", f"incidents/{incident_id}", body, user)

    def note(self, incident_id: str, content: str, user: str = "PANN") -> str:
        """A note; gives its id."""
        made = self._send("POST", f"incidents/{incident_id}/notes", {"note": {"content": content}}, user)
        return str(made["note"]["id"])

    def edit_note(self, incident_id: str, note_id: str, content: str, user: str = "PANN") -> None:
        """What the note says from now on."""
        self._send("PUT", f"incidents/{incident_id}/notes/{note_id}", {"note": {"content": content}}, user)

    def incident(self, incident_id: str) -> dict[str, Any]:
        """As PagerDuty has it now."""
        found: dict[str, Any] = self._send("GET", f"incidents/{incident_id}", None, "PANN")["incident"]
        return found

    def tell(self, path: str, body: Any) -> Any:
        """An order to the PagerDuty sandbox, or a call of its API."""
        return self._send("POST", path, body, "PANN")

    def fault(self, which: str, **order: Any) -> None:
        """Let a sandbox (`pagerduty` or `slack`) meet faults."""
        url = self.pagerduty_url if which == "pagerduty" else self.slack_url
        httpx.post(f"{url}/_sandbox/faults", json=order).raise_for_status()

    def fair_weather(self) -> None:
        """No more faults."""
        for url in (self.pagerduty_url, self.slack_url):
            httpx.delete(f"{url}/_sandbox/faults").raise_for_status()

    def messages(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What stands in a channel, replies too, oldest first."""
        answer = httpx.get(f"{self.slack_url}/_sandbox/messages", params={"channel": channel})
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return [each for each in found if "metadata" in each]

    def keys(self, channel: str = CHANNEL) -> list[str]:
        """The keys of what stands there, the incident's id left out."""
        return [each["metadata"]["event_payload"]["key"] for each in self.messages(channel)]

    def said(self, channel: str = CHANNEL) -> list[str]:
        """All that stands in a channel, as text."""
        return [words(each) for each in self.messages(channel)]

    def slack_id(self, user: str) -> str:
        """The Slack id of PagerDuty's user."""
        return self.workspace.user_id(f"{user.lower()}@example.com")

    def _send(self, method: str, path: str, body: Any, user: str) -> Any:
        headers = {"Authorization": "Token token=test", "From": f"{user.lower()}@example.com"}
        answer = httpx.request(method, f"{self.pagerduty_url}/{path}", json=body, headers=headers)
        return answer.raise_for_status().json()


def words(message: dict[str, Any]) -> str:
    """The texts of a message's blocks, one a line; buttons left out."""
    found = []
    for block in message.get("blocks") or ():
        parts = [block.get("text"), *(block.get("elements") or ())]
        found += [part["text"] for part in parts if part and isinstance(part.get("text"), str)]
    return "\n".join(found)


@contextmanager
def alert_company(
    tmp_path: Path,
    *teams: dict[str, Any],
    given: dict[str, Any] | None = None,
    ledger_url: str | None = None,
    rates: str = "off",
    **settings: Any,
) -> Iterator[AlertCompany]:
    """The company, its clock at three at night in Tokyo."""
    clock = Clock()
    clock.now = NIGHT
    with ExitStack() as servers:
        world = World.from_history(given or directory(), [], now=clock)
        pagerduty = create_pagerduty(world, requests_per_minute=None, ticking=False)
        pagerduty_url = servers.enter_context(running(pagerduty))
        members = [
            {"name": user["name"], "email": user["email"], "tz": "Asia/Tokyo"}
            for user in users()
            if user["id"] != "PDAN"
        ]
        workspace = Workspace.for_people(members, (CHANNEL, FALLBACK, TRIAL), clock=clock.timestamp)
        slack_url = servers.enter_context(running(create_slack(workspace, rates=rates)))
        ledger = Ledger(ledger_url or f"sqlite:///{tmp_path / 'ledger.db'}", keeps=bool(ledger_url))
        ledger.migrate()
        values = {
            "fallback_channel": f"#{FALLBACK}",
            "teams": list(teams) or [alert_team()],
            "slack": {"trial_channel": f"#{TRIAL}"},
            "pagerduty": {"from_email": "pdan@example.com"},
        }
        yield AlertCompany(
            clock, world, pagerduty_url, slack_url, workspace, ledger, parse_settings(values | settings)
        )

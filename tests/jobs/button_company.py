"""Two sandboxes, the receiver and the job: an incident with its message and buttons, and people who press."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from duty_company import PEOPLE, directory, policy
from sandbox_server import running
from slack_sandbox import SlackSandbox
from toban.clients.ledger import Ledger
from toban.clients.ledger.presses import LEASE
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.domain.alerts import keys
from toban.domain.alerts.nouns import Form, Incident, Round, Status, Thread
from toban.domain.message import Message
from toban.domain.presses.buttons import button_blocks
from toban.domain.presses.drafts import drafted_message
from toban.domain.presses.nouns import NOTE_SHORTCUT, Outcome
from toban.jobs.answer_presses import answer_presses
from toban.locale import language
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app as create_pagerduty
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.opening import Opening, trigger
from toban.sandbox.slack import Workspace
from toban.sandbox.slack import create_app as create_slack
from toban.settings import Settings, parse_settings
from toban.web.receivers import create_receivers
from toban.web.slack_buttons import Buttons, router

SECRET = "a-secret-of-slack"
CHANNEL = "alerts"
ANN, BEN, DAN = "pann@example.com", "pben@example.com", "pdan@example.com"
LEVELS = (["PANN"], ["PBEN"], ["PDAN"])
# Who is in Slack but may not act: each in a way of its own.
OTHERS: list[dict[str, Any]] = [
    {"name": "Gus Guest", "email": "gus@example.com", "is_restricted": True},
    {"name": "Olga Once", "email": "olga@example.com", "is_ultra_restricted": True},
    {"name": "Sam Stranger", "email": "pann@example.com", "team_id": "T0OTHER01", "is_stranger": True},
    {"name": "Nobody Mapped", "email": "nobody@example.com"},
    {"name": "Lee Left", "email": "lee@example.com", "deleted": True},
    {"name": "Robot", "email": "robot@example.com", "is_bot": True},
]


@dataclass
class Company:
    """What a test presses and looks at; ``now`` is everybody's clock but Slack's own."""

    world: World
    pagerduty_url: str
    sandbox: SlackSandbox
    ledger: Ledger
    slack: Slack
    settings: Settings
    clock: "Clock"
    incident: dict[str, Any]
    ts: str = ""

    @property
    def pagerduty(self) -> PagerDuty:
        """A client as a pass has it: it does not wait long."""
        return PagerDuty("test", self.pagerduty_url, from_email=ANN, sleep=lambda _: None, patience_s=1)

    def person(self, email: str) -> str:
        """The Slack id."""
        return self.sandbox.workspace.user_id(email)

    def press(self, action: str, by: str = ANN, **more: str) -> dict[str, Any]:
        """Press a button of the incident's message, or of the one at ``ts``."""
        form = {"channel": CHANNEL, "ts": self.ts, "action_id": f"toban_{action}", "user": by, **more}
        return self._form("press", form)

    def snooze(self, choice: str, by: str = ANN) -> dict[str, Any]:
        """Choose in the menu."""
        value = next(
            option["value"]
            for block in self.message()["blocks"]
            for element in block.get("elements", [])
            for option in element.get("options", [])
            if f'"c":"{choice}"' in option["value"]
        )
        return self.press("snooze", by, value=value)

    def note(self, text: str, by: str = ANN) -> dict[str, Any]:
        """Press the button, write, send."""
        self.press("note", by)
        view = self.sandbox.workspace.views.shown_to(self.person(by))
        assert view is not None
        return self._form("submit", {"view": view["id"], "user": by, "note\tnote": text})

    def shortcut(self, ts: str, by: str = ANN) -> dict[str, Any]:
        """Choose the shortcut in a message's menu."""
        form = {"channel": CHANNEL, "ts": ts, "user": by, "callback_id": NOTE_SHORTCUT}
        return self._form("shortcut", form)

    def answer(self, pagerduty: PagerDuty | None = None) -> int:
        """A pass's first part."""
        return answer_presses(
            pagerduty=pagerduty or self.pagerduty,
            ledger=self.ledger,
            slack=self.slack,
            settings=self.settings,
            now=self.clock.now,
        )

    def draft(self, text: str) -> None:
        """What a pass leaves that drafted a runbook: its text, and the message with the button."""
        key, incident = keys.drafted(self.incident["id"]), self.incident
        self.ledger.notes.write(keys.draft(incident["id"]), {"text": text}, now=self.clock.now)
        message = drafted_message(incident["id"], incident["incident_number"], language("en"), writes=True)
        Messenger(self.ledger, self.slack).say(key, f"#{CHANNEL}", message)

    def after_a_kill(self, pagerduty: PagerDuty | None = None) -> int:
        """The next pass, once the dead one's lease has run out."""
        self.clock.now += LEASE
        return self.answer(pagerduty)

    def outcomes(self) -> list[tuple[str, Outcome | None]]:
        """Action and outcome of all presses, oldest first."""
        found = self.ledger.presses.of_incident(self.incident["id"])
        return [(press.action.value, outcome) for press, outcome in found]

    def told(self, email: str = ANN) -> list[str]:
        """What that person alone was told."""
        messages = self.sandbox.messages(CHANNEL)
        return [each["text"] for each in messages if each.get("ephemeral_for") == self.person(email)]

    def message(self) -> dict[str, Any]:
        """The message that heads the thread."""
        return next(each for each in self.sandbox.messages(CHANNEL) if each["ts"] == self.ts)

    def entries(self, kind: str) -> list[tuple[str, str]]:
        """Who did what in PagerDuty: (id of the agent, summary)."""
        path = f"incidents/{self.incident['id']}/log_entries"
        found = self.pagerduty.rows(path, "log_entries")
        return [
            (each["agent"]["id"], each["summary"]) for each in found if each["type"] == f"{kind}_log_entry"
        ]

    def show(self, round_number: int = 0, **thread: Any) -> None:
        """Bring the thread and its message's buttons to that round, as a pass does."""
        asked = tuple(one["assignee"]["id"] for one in self.incident["assignments"])
        level = round_number + 1
        called = Round(round_number, self.clock.now, self.clock.now, asked, level)
        held = _thread(self.incident, called, self.clock.now, **thread)
        self.ledger.threads.save([held], now=self.clock.now)
        shown = _incident(self.incident, self.clock.now)
        say = language("en")
        now = button_blocks(shown, held, acts=True, runbook=True, say=say)
        # Opinions are asked for once somebody has it; tests press them in any state, as old messages allow.
        later = replace(shown, status=Status.RESOLVED)
        opinions = button_blocks(later, held, acts=True, runbook=True, say=say)
        blocks = (*now, *({**row, "block_id": f"{row['block_id']}:later"} for row in opinions))
        self.slack.update(self.sandbox.workspace.channel_id(CHANNEL), self.ts, Message("alarm", blocks))

    def _form(self, what: str, form: dict[str, str]) -> dict[str, Any]:
        answer: dict[str, Any] = httpx.post(f"{self.sandbox.url}/_sandbox/{what}", data=form).json()
        return answer


class Clock:
    """What time it is in PagerDuty and for Toban; near the real time, at which presses are received."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def _incident(row: dict[str, Any], now: datetime) -> Incident:
    return Incident(
        row["id"], row["incident_number"], row["title"], Status(row["status"]), row["urgency"], now,
        "V1", "shop", "E1", "Policy E1",
    )  # fmt: skip


def _thread(row: dict[str, Any], called: Round, now: datetime, **given: Any) -> Thread:
    usual = {
        "incident_id": row["id"], "team_id": "pay", "channel": f"#{CHANNEL}", "root": f"alert:{row['id']}",
        "form": Form.OWN, "part": 0, "title": row["title"], "number": row["incident_number"],
        "status": Status(row["status"]), "round": called, "seen_at": now, "touched_at": now,
    }  # fmt: skip
    return Thread(**(usual | given))


def team(**more: Any) -> dict[str, Any]:
    """The team's settings."""
    usual = {"id": "pay", "name": "Pay", "time_zone": "Asia/Tokyo", "mode": "act"}
    return usual | {"announce_channel": "#alerts", "escalation_policies": ["E1"]} | more


@contextmanager
def company(tmp_path: Path, *levels: list[str], **settings: Any) -> Iterator[Company]:
    """An incident and its message with its buttons; the policy rings Ann, then Ben, then Dan by default."""
    clock = Clock()
    history = directory() | {"escalation_policies": [policy("E1", *(levels or LEVELS))]}
    with ExitStack() as servers:
        world = World.from_history(history, [], now=clock)
        pagerduty_url = servers.enter_context(
            running(create_pagerduty(world, requests_per_minute=None, ticking=False))
        )
        members = [
            {"name": name, "email": f"{key.lower()}@example.com", "tz": "Asia/Tokyo"}
            for key, name in PEOPLE.items()
        ]
        workspace = Workspace.for_people([*members, *OTHERS], (CHANNEL,))
        sandbox = SlackSandbox(
            servers.enter_context(running(create_slack(workspace, rates="off"))), workspace
        )
        slack = Slack("xoxb-test", f"{sandbox.url}/api/", sleep=lambda _: None)
        ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
        ledger.migrate()
        buttons = Buttons(ledger, slack, lambda: True)
        receiver = servers.enter_context(running(create_receivers([router(lambda: SECRET, lambda: buttons)])))
        where = {"url": f"{receiver}/slack", "signing_secret": SECRET}
        httpx.post(f"{sandbox.url}/_sandbox/interactivity", json=where).raise_for_status()
        values = {"fallback_channel": "#alerts", "pagerduty": {"from_email": ANN}, "teams": [team()]}
        configured = parse_settings(values | settings)
        made = Company(world, pagerduty_url, sandbox, ledger, slack, configured, clock, _triggered(world))
        posted = Messenger(ledger, slack).say(f"alert:{made.incident['id']}", f"#{CHANNEL}", Message("alarm"))
        made.ts = posted.ts
        made.show()
        yield made


def _triggered(world: World) -> dict[str, Any]:
    service, user = world.directory.find("services", "V1"), world.directory.find("users", "PANN")
    assert service is not None
    assert user is not None
    return trigger(world, Opening(title="disk full", service=service, key="k"), by_user(user))

"""A small company on a PagerDuty and a Slack served over HTTP, at whatever time a test says it is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from duty_samples import TOKYO, local
from sandbox_server import running
from toban.clients.announced import AnnouncedPeople
from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Snapshot
from toban.jobs.announce_shifts import Action, Result, Voice, announce_shifts
from toban.jobs.watch_takeovers import watch_takeovers
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app as create_pagerduty
from toban.sandbox.slack import Workspace
from toban.sandbox.slack import create_app as create_slack
from toban.settings import Settings, parse_settings

TEN = local(TOKYO, 2026, 11, 23, 10)
PEOPLE = {"PANN": "Ann", "PBEN": "Ben", "PCLEO": "佐藤 花子", "PDAN": "Dan"}
IN_SLACK = ("PANN", "PBEN", "PCLEO")  # Dan has no account there
TRIAL, CHANNEL, GROUP = "toban-trial", "oncall", "SDUTY"


def users() -> list[dict[str, Any]]:
    """People with their addresses."""
    return [
        {"id": key, "name": name, "email": f"{key.lower()}@example.com", "time_zone": "Asia/Tokyo"}
        for key, name in PEOPLE.items()
    ]


def schedule(key: str, *people: str, zone: str = "Asia/Tokyo", first: datetime = TEN) -> dict[str, Any]:
    """A daily rotation that hands over at the clock time of ``first``, on which the first person begins."""
    start = (first - timedelta(days=len(people) * 100)).isoformat()
    layer = {
        "name": "Layer 1",
        "start": start,
        "end": None,
        "rotation_virtual_start": start,
        "rotation_turn_length_seconds": 86_400,
        "users": [{"user": {"id": each, "type": "user_reference"}} for each in people],
        "restrictions": [],
    }
    return {"id": key, "name": f"Schedule {key}", "time_zone": zone, "schedule_layers": [layer]}


def policy(key: str, *levels: list[str], schedules: tuple[str, ...] = ("S1", "S2")) -> dict[str, Any]:
    """An escalation policy; each level is a list of schedule and user ids."""
    rules = [
        {
            "escalation_delay_in_minutes": 5,
            "targets": [
                {"id": each, "type": "schedule_reference" if each in schedules else "user_reference"}
                for each in targets
            ],
        }
        for targets in levels
    ]
    return {"id": key, "name": f"Policy {key}", "escalation_rules": rules}


def directory() -> dict[str, list[dict[str, Any]]]:
    """Two teams' duty: E1 is S1, then Dan for good; E2 is S2."""
    return {
        "users": users(),
        "schedules": [schedule("S1", "PANN", "PBEN"), schedule("S2", "PCLEO", "PBEN")],
        "escalation_policies": [policy("E1", ["S1"], ["PDAN"]), policy("E2", ["S2"])],
        "services": [
            {"id": "V1", "name": "shop", "escalation_policy": {"id": "E1", "type": "escalation_policy"}}
        ],
        "teams": [],
    }


def team(key: str, *policies: str, **more: Any) -> dict[str, Any]:
    """A team's settings."""
    values = {"id": key, "name": key.title(), "time_zone": "Asia/Tokyo", "mode": "announce"}
    return values | {"announce_channel": f"#{CHANNEL}", "escalation_policies": policies} | more


class Clock:
    """What time it is, for everybody."""

    def __init__(self) -> None:
        self.now = TEN

    def __call__(self) -> datetime:
        return self.now

    def timestamp(self) -> float:
        """Seconds since 1970."""
        return self.now.timestamp()


@dataclass
class Company:
    """Everything a run needs; ``pagerduty_url`` and ``slack_url`` for orders to the sandboxes."""

    clock: Clock
    settings: Settings
    pagerduty: PagerDuty
    pagerduty_url: str
    slack_url: str
    workspace: Workspace
    voice: Voice
    people: SlackPeople

    def announce(
        self, team_id: str = "pay", action: Action = "post", snapshot: Snapshot | None = None
    ) -> Result:
        """Run the job for a team now."""
        return announce_shifts(
            self.settings.team(team_id),
            settings=self.settings,
            pagerduty=self.pagerduty,
            people=self.people,
            snapshot=snapshot,
            now=self.clock.now,
            voice=self.voice,
            action=action,
        )

    def watch(self) -> list[str]:
        """Run the watch now."""
        return watch_takeovers(
            self.settings, pagerduty=self.pagerduty, people=self.people, voice=self.voice, now=self.clock.now
        )

    def override(self, key: str, user: str, start: datetime, end: datetime) -> None:
        """Give a stretch of a schedule to somebody else."""
        asked = {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "user": {"id": user, "type": "user_reference"},
        }
        self._tell(self.pagerduty_url, f"schedules/{key}/overrides", {"overrides": [asked]})

    def fault(self, which: str, **order: Any) -> None:
        """Let a sandbox (`pagerduty` or `slack`) meet faults."""
        url = self.pagerduty_url if which == "pagerduty" else self.slack_url
        self._tell(url, "_sandbox/faults", order)

    def messages(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What Toban said in a channel, replies too, oldest first; not Slack's notes on a changed topic."""
        answer = httpx.get(f"{self.slack_url}/_sandbox/messages", params={"channel": channel})
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return [each for each in found if "metadata" in each]

    def roots(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What stands in the channel itself."""
        return [each for each in self.messages(channel) if each.get("thread_ts", each["ts"]) == each["ts"]]

    def replies(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What stands in threads."""
        return [each for each in self.messages(channel) if each.get("thread_ts", each["ts"]) != each["ts"]]

    def topic(self) -> str:
        """The channel's topic."""
        return str(self.workspace.channels.named(CHANNEL)["topic"]["value"])

    def members(self) -> list[str]:
        """Whom the user group rings."""
        return list(self.workspace.people.group(GROUP)["users"])

    def slack_id(self, user: str) -> str:
        """The Slack id of PagerDuty's user."""
        return self.workspace.user_id(f"{user.lower()}@example.com")

    def _tell(self, url: str, path: str, body: Any) -> None:
        headers = {"Authorization": "Token token=test"}
        httpx.post(f"{url}/{path}", json=body, headers=headers).raise_for_status()


@contextmanager
def company(
    tmp_path: Path, *teams: dict[str, Any], given: dict[str, Any] | None = None, **settings: Any
) -> Iterator[Company]:
    """The company, its clock at ten in Tokyo on Monday 23 November 2026."""
    clock = Clock()
    with ExitStack() as servers:
        world = World.from_history(given or directory(), [], now=clock)
        pagerduty_url = servers.enter_context(
            running(create_pagerduty(world, requests_per_minute=None, ticking=False))
        )
        members = [
            {"name": PEOPLE[each], "email": f"{each.lower()}@example.com", "tz": "Asia/Tokyo"}
            for each in IN_SLACK
        ]
        workspace = Workspace.for_people(
            members,
            (CHANNEL, TRIAL),
            [{"id": GROUP, "handle": "duty", "name": "Duty", "users": ["pcleo@example.com"]}],
            clock=clock.timestamp,
        )
        slack_url = servers.enter_context(running(create_slack(workspace, rates="off")))
        slack = Slack("xoxb-test", f"{slack_url}/api/", sleep=lambda _: None)
        ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
        ledger.migrate()
        voice = Voice(
            slack, Messenger(ledger, slack, clock=clock, sleep=lambda _: None), AnnouncedPeople(ledger)
        )
        values = {
            "fallback_channel": "#general",
            "teams": list(teams),
            "slack": {"trial_channel": f"#{TRIAL}"},
        }
        yield Company(
            clock,
            parse_settings(values | settings),
            PagerDuty("test", pagerduty_url, sleep=lambda _: None),
            pagerduty_url,
            slack_url,
            workspace,
            voice,
            SlackPeople(slack, {}),
        )

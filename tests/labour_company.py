"""A team that reports its labour month: warehouse, ledger, both sandboxes, and people who press."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from jobs.button_company import ANN, BEN, Company, company, team
from labour_warehouse import add, shift
from toban.clients.messenger import Messenger
from toban.clients.people_file import Employee
from toban.clients.slack import Slack
from toban.clients.warehouse import Warehouse
from toban.domain.labour.month import parse_month
from toban.jobs.claims import claims_of
from toban.jobs.labour.correcting import correct
from toban.jobs.labour.counting import Counter
from toban.jobs.labour.telling import Action, Voice
from toban.jobs.labour_report import Reported, labour_report

SYNCED = datetime(2026, 12, 2, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
LEADS = "leads"
EMPLOYEES = {"PANN": Employee("0012", "田中 愛子")}
SLACK_IDS = {"PANN": ANN, "PBEN": BEN}  # Cai is in PagerDuty alone


@dataclass
class LabourCompany:
    """What a test reports, presses and looks at."""

    pay: Company
    directory: Path

    @contextmanager
    def counter(self) -> Iterator[Counter]:
        """Counts the team's months."""
        settings = self.pay.settings
        with Warehouse(self.directory).read(restricted=True) as snapshot:
            yield Counter(
                snapshot, settings.team("pay"), claims_of(settings.team("pay"), settings), EMPLOYEES
            )

    def report(self, action: Action = "post", month: str = "2026-11", now: datetime = NOW) -> Reported:
        """As the DAG does it."""
        slack = Slack("xoxb-test", f"{self.pay.sandbox.url}/api/", sleep=lambda _: None)
        voice = Voice(slack, Messenger(self.pay.ledger, slack), self._account, self.pay.settings)
        with self.counter() as counter:
            period = parse_month(month, counter.team.labour.closing_day)
            return labour_report(counter, self.pay.ledger, period, action, now, voice)

    def correct(self, *given: Any, now: datetime = NOW) -> int:
        """As the command does it."""
        with self.counter() as counter:
            return correct(counter, self.pay.ledger, dict(enumerate(given, 2)), now)

    def resolves_later(self, minutes: int) -> None:
        """PagerDuty tells of another deed in the first call-out, which makes it longer."""
        entry = {
            "id": f"Q1_later{minutes}", "incident_id": "Q1", "type": "resolve", "agent_type": "user",
            "agent_id": "PANN", "created_at": datetime(2026, 11, 24, 16, minutes, tzinfo=UTC),
        }  # fmt: skip
        with Warehouse(self.directory).write() as writer:
            with writer.transaction():
                writer.merge("log_entries", [entry])
            writer.rebuild_models()
            writer.publish()

    def direct(self, email: str) -> list[dict[str, Any]]:
        """What stands in the direct messages with a person, oldest first."""
        return self.pay.sandbox.messages(self._direct_channel(email))

    def leads(self) -> list[dict[str, Any]]:
        """What stands in the private channel, oldest first, replies too."""
        return self.pay.sandbox.messages(LEADS)

    def press(self, action: str, by: str, *, of: str | None = None) -> list[str]:
        """Press a button in one's own newest direct message (or another's); what the person is told."""
        return self._pressed(self._direct_channel(of or by), self._asking(of or by), action, by)

    def approve(self, by: str) -> list[str]:
        """Press the button of the team's message; what the person is told."""
        return self._pressed(LEADS, self.leads()[0], "month_approve", by)

    def dispute(self, text: str, by: str) -> None:
        """Press, write what is wrong, send."""
        self._press(self._direct_channel(by), self._asking(by), "month_wrong", by)
        view = self.pay.sandbox.workspace.views.shown_to(self.pay.person(by))
        assert view is not None
        form = {"view": view["id"], "user": by, "wrong\twrong": text}
        httpx.post(f"{self.pay.sandbox.url}/_sandbox/submit", data=form).raise_for_status()
        self.pay.answer()

    def _asking(self, email: str) -> dict[str, Any]:
        """The newest message with buttons."""
        return [each for each in self.direct(email) if each.get("blocks")][-1]

    def _pressed(self, channel: str, message: dict[str, Any], action: str, by: str) -> list[str]:
        self._press(channel, message, action, by)
        self.pay.answer()
        person = self.pay.person(by)
        found = self.pay.sandbox.messages(channel)
        return [each["text"] for each in found if each.get("ephemeral_for") == person]

    def _press(self, channel: str, message: dict[str, Any], action: str, by: str) -> None:
        form = {"channel": channel, "ts": message["ts"], "action_id": f"toban_{action}", "user": by}
        httpx.post(f"{self.pay.sandbox.url}/_sandbox/press", data=form).raise_for_status()

    def _account(self, person_id: str) -> str | None:
        email = SLACK_IDS.get(person_id)
        return self.pay.person(email) if email else None

    def _direct_channel(self, email: str) -> str:
        channels = self.pay.sandbox.workspace.channels
        return str(channels.direct(self.pay.sandbox.workspace.people.user(self.pay.person(email)))["id"])


@contextmanager
def labour_company(tmp_path: Path, *, private: bool = True, **labour: Any) -> Iterator[LabourCompany]:
    """Ann and Cai stood by in November and were called; Ben approves, and was called on a public holiday."""
    rules = {"preset": "japan", "approvers": ["PBEN"], "rules": {"pay": {"standby_workday": 2400}}}
    own = team(services=["S1"], people_channel=f"#{LEADS}", labour=rules | labour, language="en")
    with company(tmp_path, teams=[own], slack={"buttons": "http"}) as pay:
        pay.sandbox.workspace.channels.add({"name": LEADS, "is_private": private})
        made = LabourCompany(pay, tmp_path / "warehouse")
        _fill(made.directory)
        yield made


def _fill(directory: Path) -> None:
    with Warehouse(directory).write() as writer:
        names = {"PANN": "Ann", "PBEN": "Ben", "PCAI": "Cai"}
        writer.merge("users", [{"id": key, "name": name} for key, name in names.items()])
        writer.merge("services", [{"id": "S1", "name": "shop"}])
        writer.merge("escalation_policies", [{"id": "E1", "name": "shop on-call"}])
        writer.merge(
            "oncall_shifts",
            [
                shift("PANN", "2026-11-25T00:00", "2026-11-26T00:00"),
                shift("PCAI", "2026-11-26T00:00", "2026-11-27T00:00"),
            ],
        )
        add(writer, "Q1", "S1", "<!channel> disk & *full*", [
            ("notify", "2026-11-25T01:00:00", {"user_id": "PANN", "notification_type": "phone"}),
            ("acknowledge", "2026-11-25T01:02:00", {"agent_type": "user", "agent_id": "PANN"}),
            ("resolve", "2026-11-25T01:30:00", {"agent_type": "user", "agent_id": "PANN"}),
        ])  # fmt: skip
        add(writer, "Q2", "S1", "forgotten", [
            ("acknowledge", "2026-11-23T14:00:00", {"agent_type": "user", "agent_id": "PBEN"}),
            ("resolve", "2026-11-23T23:30:00", {"agent_type": "user", "agent_id": "PBEN"}),
        ])  # fmt: skip
        writer.rebuild_models()
        writer.set_state("covered_since", "2026-09-01T00:00:00+00:00")
        writer.set_state("shifts", '[["2026-09-01T00:00:00+00:00", "2027-03-01T00:00:00+00:00"]]')
        writer.set_state("synced_until", SYNCED.isoformat())
        writer.publish()

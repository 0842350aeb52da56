"""Who is on call: PagerDuty's /oncalls as shifts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from toban.domain.people import Person
from toban.domain.shifts import Shift

INCLUDED = ("users", "schedules", "escalation_policies")  # the person's zone and e-mail come with the shift


def shifts(oncalls: Iterable[dict[str, Any]]) -> list[Shift]:
    """On-call objects as shifts, each once: pages may repeat one that moved while they were read."""
    return list(dict.fromkeys(_shift(oncall) for oncall in oncalls))


def _shift(oncall: dict[str, Any]) -> Shift:
    policy, schedule = oncall["escalation_policy"], oncall.get("schedule") or {}
    return Shift(
        person=person(oncall["user"]),
        policy_id=policy["id"],
        policy_name=policy.get("name") or policy.get("summary") or policy["id"],
        level=int(oncall["escalation_level"]),
        schedule_id=schedule.get("id"),
        schedule_name=schedule.get("name") or schedule.get("summary"),
        start=_moment(oncall.get("start")),
        end=_moment(oncall.get("end")),
    )


def person(user: dict[str, Any]) -> Person:
    """A user, or a mere reference to one, as a person; the name on one line, which a list of people needs."""
    name = " ".join((user.get("name") or user.get("summary") or user["id"]).split())
    return Person(user["id"], name, user.get("email"), user.get("time_zone"))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""Asks PagerDuty who is on duty for a team: its escalation policies, and those its schedules are used in."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.domain.announcement.nouns import HORIZON, Policy, TeamDuty, policy_duties
from toban.domain.shifts import Shift
from toban.errors import PagerDutyRefused
from toban.settings import Team

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """The policies of each team, and the shifts of all of them."""

    policies: dict[str, tuple[Policy, ...]]
    shifts: tuple[Shift, ...]

    def duty(self, team: Team, at: datetime) -> TeamDuty:
        """The team's duty at that moment, which the plan must cover up to its horizon."""
        known = policy_duties(self.policies[team.id], self.shifts, at)
        return TeamDuty(team.id, team.name, team.zone, team.mode != "observe", at, known)

    def called_first(self, team: Team) -> list[Shift]:
        """All shifts of the team's first levels."""
        first = {(policy.id, policy.levels[0]) for policy in self.policies[team.id] if policy.levels}
        return [shift for shift in self.shifts if (shift.policy_id, shift.level) in first]


def read_plan(pagerduty: PagerDuty, teams: Iterable[Team], since: datetime, now: datetime) -> Plan:
    """From ``since`` to the horizon after ``now``; raises PagerDutyError."""
    policies = {team.id: policies_of(pagerduty, team) for team in teams}
    ids = sorted({policy.id for found in policies.values() for policy in found if policy.levels})
    # Without ids PagerDuty would give everybody's shifts.
    shifts = pagerduty.on_calls(ids, since, now + HORIZON) if ids else []
    return Plan(policies, tuple(shifts))


def policies_of(pagerduty: PagerDuty, team: Team) -> tuple[Policy, ...]:
    """The team's policies with all levels; of others that use its schedules, the levels that do.

    A schedule that no policy uses rings nobody: it appears as a policy without levels. So does an id that
    PagerDuty does not know: one deleted policy must not silence the teams that share an announcement.
    """
    found = {each: _found(pagerduty, f"escalation_policies/{each}") for each in team.escalation_policies}
    found |= {each: _found(pagerduty, f"schedules/{each}") for each in team.schedules}
    own = [_whole(row) for each in team.escalation_policies if (row := found[each])]
    schedules = [row for each in team.schedules if (row := found[each])]
    using = {ref["id"] for row in schedules for ref in row.get("escalation_policies") or ()}
    others = pagerduty.escalation_policies(sorted(using - set(team.escalation_policies)))
    unused = [row for row in schedules if not row.get("escalation_policies")]
    return (
        *own,
        *(_part(row, team.schedules) for row in others),
        *(Policy(row["id"], row.get("name") or row["summary"], ()) for row in unused),
        *(Policy(each, each, (), known=False) for each, row in found.items() if row is None),
    )


def _found(pagerduty: PagerDuty, path: str) -> dict[str, Any] | None:
    try:
        [found] = pagerduty.get(path).values()
    except PagerDutyRefused as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        log.warning("%s", error)
        return None
    return dict(found)


def _whole(row: dict[str, Any]) -> Policy:
    return Policy(row["id"], row["name"], tuple(range(1, len(row["escalation_rules"]) + 1)))


def _part(row: dict[str, Any], schedules: Sequence[str]) -> Policy:
    levels = (
        level
        for level, rule in enumerate(row["escalation_rules"], start=1)
        if any(target["id"] in schedules for target in rule["targets"])
    )
    return Policy(row["id"], row["name"], tuple(levels))

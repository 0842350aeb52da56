"""Is PagerDuty there, does the token suffice, do the named policies and schedules exist?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from toban.clients.pagerduty import PagerDuty
from toban.domain.findings import Finding, bad, good, look
from toban.domain.shifts import Shift
from toban.errors import PagerDutyError
from toban.settings import Settings, Team

AHEAD = timedelta(days=14)  # as far as the announcement warns of gaps


def examine_token(pagerduty: PagerDuty) -> Iterator[Finding]:
    """The token, and which way of syncing the account allows."""
    try:
        pagerduty.abilities()
    except PagerDutyError as error:
        yield bad(
            "PagerDuty token", str(error), "Put a REST API key into pagerduty_default; read-only is enough."
        )
        return
    yield good("PagerDuty token", "accepted")
    yield _examine_embedding(pagerduty)


def _examine_embedding(pagerduty: PagerDuty) -> Finding:
    subject = "PagerDuty log entries"
    entries = pagerduty.get("log_entries", limit=1, include=("incidents",)).get("log_entries") or []
    if not entries:
        return look(subject, "there is none yet in the last month", "Ask again after the first incident.")
    if "status" in entries[0].get("incident", {}):
        return good(subject, "carry their incidents: the sync needs no call of its own for each")
    return look(
        subject,
        "carry mere references: each incident that changed costs one more call",
        "Nothing to do; mind the rate limit in a long backfill.",
    )


def examine_team(pagerduty: PagerDuty, team: Team, now: datetime) -> Iterator[Finding]:
    """A team's policies and schedules, and whether somebody is on level 1 now."""
    known = list(_known(pagerduty, team))
    yield from (finding for finding in known if finding.level != "good")
    if any(finding.level == "bad" for finding in known):
        return
    on_now = [s for s in pagerduty.on_calls(team.escalation_policies, now, now) if s.level == 1]
    for policy_id in team.escalation_policies:
        subject = f"team {team.id}, on call now"
        names = ", ".join(shift.person.name for shift in on_now if shift.policy_id == policy_id)
        if names:
            yield good(subject, f"{policy_id}: {names}")
        else:
            yield bad(subject, f"nobody is on level 1 of {policy_id}", "Fill its schedule in PagerDuty.")


def _known(pagerduty: PagerDuty, team: Team) -> Iterator[Finding]:
    for kind, ids in (("escalation_policies", team.escalation_policies), ("schedules", team.schedules)):
        for each in ids:
            subject = f"team {team.id}, {kind}"
            try:
                pagerduty.get(f"{kind}/{each}")
            except PagerDutyError as error:
                yield bad(subject, str(error), f"Correct {each} in toban.toml, teams.{kind}.")
            else:
                yield good(subject, each)


def people_on_call(pagerduty: PagerDuty, settings: Settings, now: datetime) -> list[Shift]:
    """Every shift of the coming fortnight in the policies toban.toml names."""
    policies: Iterable[str] = {p for team in settings.teams for p in team.escalation_policies}
    return pagerduty.on_calls(sorted(policies), now, now + AHEAD)

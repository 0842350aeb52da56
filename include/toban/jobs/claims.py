"""What a team of toban.toml answers for, beside what the other teams do."""

from collections.abc import Iterable

from toban.domain.claims import Claims
from toban.settings import Settings, Team


def claims_of(team: Team, settings: Settings, used_policies: Iterable[str] = ()) -> Claims:
    """The team's claims; ``used_policies`` (by its schedules) count too, unless another team names them."""
    others = [each for each in settings.teams if each.id != team.id]
    elsewhere = tuple(policy for each in others for policy in each.escalation_policies)
    used = [policy for policy in used_policies if policy not in elsewhere]
    return Claims(
        services=team.services,
        policies=tuple(dict.fromkeys([*team.escalation_policies, *used])),
        pagerduty_teams=team.pagerduty_teams,
        services_of_others=tuple(service for each in others for service in each.services),
        policies_of_others=elsewhere,
    )

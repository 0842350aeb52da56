"""A team's claims as the queries' names are bound to them."""

from typing import Any

from toban.domain.claims import Claims


def claim_values(claims: Claims | None) -> dict[str, Any]:
    """The values that the fragment claimed.sql asks for; without claims it is every incident."""
    known = claims or Claims()
    return {
        "everything": claims is None,
        "services": list(known.services),
        "policies": list(known.policies),
        "pagerduty_teams": list(known.pagerduty_teams),
        "services_of_others": list(known.services_of_others),
        "policies_of_others": list(known.policies_of_others),
    }

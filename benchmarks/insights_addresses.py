"""What people ask of the pages: every page, with filters drawn from 1,000 combinations."""

import random
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from insights_history import POLICIES, SERVICES, TEAMS

COMBINATIONS = 1_000
# The pages and how often each is asked for; some take what else they are asked for below.
PAGES = {
    "/": 4, "/incidents": 3, "/services": 2, "/teams": 1, "/policies": 1, "/responders": 2, "/on-call": 1,
    "/health": 1, "/runbooks": 1, "/load": 1, "/incidents/": 2,
}  # fmt: skip
KINDS = ("escalated", "open", "sleep", "never_acknowledged", "automatic")
SEARCHES = ("disk", "host-77", "決済")


class Addresses:
    """Draws addresses, the same for the same seed."""

    def __init__(self, incidents: int, seed: int = 1) -> None:
        self._chance, self._incidents = random.Random(seed), incidents
        made: set[str] = set()
        while len(made) < COMBINATIONS:
            made.add(self._combination())
        self._combinations = sorted(made)

    def draw(self) -> str:
        """A page with one of the combinations."""
        page = self._chance.choices(list(PAGES), list(PAGES.values()))[0]
        query = self._chance.choice(self._combinations)
        if page == "/load":
            week = datetime.now(UTC).date() - timedelta(weeks=self._chance.randrange(1, 52))
            return f"/load?of=team-{self._chance.randrange(TEAMS)}&week={week}"
        if page == "/incidents/":
            return f"/incidents/Q{self._chance.randrange(1, self._incidents + 1)}?{query}"
        if page == "/incidents":
            query += self._chance.choice(
                (
                    "",
                    f"&only={self._chance.choice(KINDS)}",
                    f"&{urlencode({'q': self._chance.choice(SEARCHES)})}",
                )
            )
        return f"{page}?{query}"

    def _combination(self) -> str:
        pick = self._chance.choice
        given = {"tz": pick(("Asia/Tokyo", "Asia/Tokyo", "Europe/Berlin", "America/New_York"))}
        given |= pick((*({"period": name} for name in ("7d", "28d", "90d", "90d", "365d")), self._quarter()))
        given |= pick(({}, {"compare": "year"}, {"compare": "none"}))
        given |= pick(
            (
                {},
                {"service": f"S{self._chance.randrange(SERVICES)}"},
                {"team": f"T{self._chance.randrange(TEAMS)}"},
                {"policy": f"E{self._chance.randrange(POLICIES)}"},
            )
        )
        given |= pick(({}, {}, {"urgency": "high"}, {"priority": "P1"}, {"tool": "Datadog"}))
        return urlencode(given)

    def _quarter(self) -> dict[str, str]:
        """Three months of the past two years."""
        until = datetime.now(UTC).date() - timedelta(weeks=self._chance.randrange(100))
        return {"since": str(until - timedelta(days=90)), "until": str(until)}

"""Where each figure of a report is looked into: the addresses of the filtered pages in Airflow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from toban.domain.mrkdwn import escape, link

FRAMED = "/plugin/toban/toban"  # Airflow's own page around ours


@dataclass(frozen=True)
class WeekPages:
    """The pages of one team's week; without Airflow's address (``airflow_url``) figures lead nowhere."""

    airflow_url: str | None = None
    team_id: str = ""
    time_zone: str = "UTC"
    start: date = date.min

    def overview(self, label: str) -> str:
        """The plain label as mrkdwn, leading to the week's cards: times, interruptions by kind of hour."""
        return self._leading(label, "/", [])

    def incidents(self, label: str, *, only: str | None = None, services: Sequence[str] = ()) -> str:
        """The same, leading to the week's list; ``only`` is one of its kinds, services are ids."""
        narrowed = [("service", each) for each in services]
        return self._leading(label, "/incidents", [*narrowed, *([("only", only)] if only else [])])

    def _leading(self, label: str, path: str, narrowed: list[tuple[str, str]]) -> str:
        if self.airflow_url is None:
            return escape(label)
        week = {
            "since": str(self.start),
            "until": str(self.start + timedelta(days=6)),
            "tz": self.time_zone,
            "owner": self.team_id,
        }
        query = urlencode([*week.items(), *narrowed], safe="/")
        return link(f"{self.airflow_url.rstrip('/')}{FRAMED}{path}?{query}", label)

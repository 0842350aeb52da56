"""Reports on weeks that were asked for lately: each is worked out once for a snapshot and a day."""

from collections import OrderedDict
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from toban.clients.warehouse import Snapshot
from toban.domain.health.report import HealthReport
from toban.settings import Team
from toban.web.insights.load import Measure

MOST = 100  # a few weeks of each team; the longest unused is forgotten
Key = tuple[Path, str, date, date]


def kept(measure: Measure) -> Measure:
    """The same measure, remembering; settings do not change while the process runs."""
    return _Reports(measure)


class _Reports:
    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._reports: OrderedDict[Key, HealthReport] = OrderedDict()
        self._lock = Lock()

    def __call__(self, team: Team, snapshot: Snapshot, week: date, now: datetime) -> HealthReport:
        key = (snapshot.path, team.id, week, now.date())
        with self._lock:
            known = self._reports.get(key)
            if known:
                self._reports.move_to_end(key)
        return known or self._remember(key, self._measure(team, snapshot, week, now))

    def _remember(self, key: Key, report: HealthReport) -> HealthReport:
        with self._lock:
            self._reports[key] = report
            if len(self._reports) > MOST:
                self._reports.popitem(last=False)
        return report

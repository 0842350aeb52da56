"""What has changed in closed months since they were settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toban.clients.ledger import Ledger
from toban.domain.labour.figures import Difference, TeamFigures, differences, team_figures
from toban.domain.labour.month import Period, period_of
from toban.jobs.labour.counting import Counter

LOOK_BACK = 3  # closed months before the reported one; what changes later than that is told to nobody


@dataclass(frozen=True)
class LaterChanges:
    """By month: what was settled last, and what is counted today."""

    settled: Mapping[str, TeamFigures]
    now: Mapping[str, TeamFigures]

    @property
    def differences(self) -> list[Difference]:
        """All of them, by month."""
        return [
            each
            for month, settled in sorted(self.settled.items())
            for each in differences(month, settled, self.now[month])
        ]


def later_changes(counter: Counter, ledger: Ledger, reported: Period) -> LaterChanges:
    """Of the closed months before ``reported`` those whose figures are no longer what was settled."""
    counter = replace(counter, attendance=None)  # what is settled holds no overtime
    settled: dict[str, TeamFigures] = {}
    now: dict[str, TeamFigures] = {}
    for period in _before(reported, counter.team.labour.closing_day):
        known = ledger.labour.closings.settled(counter.team.id, period.name, before=reported.name)
        if known is not None:
            counted = team_figures(counter.count(period).months)
            if counted != known:
                settled[period.name], now[period.name] = known, counted
    return LaterChanges(settled, now)


def _before(reported: Period, closing_day: int | None) -> Iterator[Period]:
    months = reported.last.year * 12 + reported.last.month - 1
    for month in range(months - LOOK_BACK, months):
        yield period_of(month // 12, month % 12 + 1, closing_day)

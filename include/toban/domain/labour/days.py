"""What each day is: worked, the legal weekly holiday, or free for another reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.rules import Rulebook


@dataclass(frozen=True)
class Calendar:
    """A team's days. ``public_holidays`` are those of its country, substitutes included.

    ``moved`` holds days that were agreed to be something else, as when a holiday is worked and another day
    is free for it; it wins over every rule.
    """

    rulebook: Rulebook
    public_holidays: frozenset[date] = frozenset()
    moved: Mapping[date, DayKind] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """What that day is under the rules in force on it."""
        rule = self.rulebook.in_force(day).days
        if day in self.moved:
            return self.moved[day]
        if day.weekday() == rule.legal_weekday:
            return DayKind.LEGAL_HOLIDAY
        free = day.weekday() in rule.free_weekdays or (rule.public_holidays and day in self.public_holidays)
        return DayKind.OTHER_HOLIDAY if free else DayKind.WORKDAY

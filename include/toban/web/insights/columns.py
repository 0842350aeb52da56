"""The columns of the tables: what each is called, how it is written, and which definition explains it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toban.domain.language import Language
from toban.web.insights.cards import share_or_dash

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """``value`` is what is sorted by, ``shown`` what a person reads, ``only`` the list it leads to."""

    key: str
    label: str
    value: Callable[[Row], Any]
    shown: Callable[[Any], str]
    definition: str | None = None
    only: str | None = None


def sorted_by(rows: Sequence[Row], column: Column, *, largest_first: bool) -> list[Row]:
    """The rows in order of a column; what has no value comes last either way."""
    known = [row for row in rows if column.value(row) is not None]
    unknown = [row for row in rows if column.value(row) is None]
    return sorted(known, key=column.value, reverse=largest_first) + unknown


class Columns:
    """Makes columns in one language."""

    def __init__(self, say: Language) -> None:
        self.say = say

    def of_groups(self) -> list[Column]:
        """Of teams and escalation policies."""
        say = self.say
        return [
            self._count("incidents", say.text("Incidents"), "incidents"),
            *self._spread(),
            self._count("interruptions", say.text("Interruptions"), "interruptions", "interrupting"),
            self._count("sleep_hour_interruptions", say.text("in sleep"), "interruptions", "sleep"),
            self._count("escalated_by_timeout", say.text("Escalated"), "escalations", "escalated"),
            self._share(
                "resolved_automatically", "resolved", say.text("Resolved by themselves"), "automatic"
            ),
            self._count("never_acknowledged", say.text("Never acknowledged"), "noise", "never_acknowledged"),
            self._count("came_back", say.text("Came back"), "flapping"),
        ]

    def of_services(self) -> list[Column]:
        """The same, and their uptime."""

        def shown(share: float | None) -> str:
            return share_or_dash(share, self.say)

        uptime = Column("uptime", self.say.text("Uptime"), lambda row: row["uptime"], shown, "uptime")
        return [*self.of_groups(), uptime]

    def of_people(self) -> list[Column]:
        """Of persons, by the measures of `responder_weekly`."""
        say = self.say
        return [
            self._count("incidents", say.text("Incidents"), None),
            self._count("acknowledged", say.text("Acknowledged"), None),
            self._duration("mtta_mean_s", say.text("MTTA, mean"), "own"),
            self._duration("mtta_p50_s", say.text("median"), "own"),
            self._count("notifications", say.text("Notifications"), None),
            self._count("interruptions", say.text("Interruptions"), "interruptions"),
            self._count("business_hour_interruptions", say.text("in business hours"), "interruptions"),
            self._count("off_hour_interruptions", say.text("in free time"), "interruptions"),
            self._count("sleep_hour_interruptions", say.text("in sleep"), "interruptions"),
        ]

    def _spread(self) -> list[Column]:
        say = self.say
        return [
            self._duration("mtta_mean_s", say.text("MTTA, mean"), "mtta"),
            self._duration("mtta_p50_s", say.text("median"), "mtta"),
            self._duration("mtta_p90_s", "p90", "mtta"),
            self._duration("mttr_mean_s", say.text("MTTR, mean"), "mttr"),
            self._duration("mttr_p50_s", say.text("median"), "mttr"),
        ]

    def _count(self, key: str, label: str, definition: str | None, only: str | None = None) -> Column:
        return Column(key, label, lambda row: row[key] or 0, self.say.number, definition, only)

    def _duration(self, key: str, label: str, definition: str) -> Column:
        return Column(key, label, lambda row: row[key], self.say.duration, definition)

    def _share(self, key: str, of: str, label: str, definition: str) -> Column:
        def share(row: Row) -> float | None:
            return row[key] / row[of] if row[of] else None

        def shown(value: float | None) -> str:
            return "–" if value is None else self.say.percent(value)

        return Column(key, label, share, shown, definition, "automatic")

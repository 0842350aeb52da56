"""What is known of a team's on-call, as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from toban.domain.health.hours import Clocks
from toban.domain.health.nouns import Interruption
from toban.domain.health.reachability import SetUp
from toban.domain.shifts import Shift
from toban.domain.spans import Span


@dataclass(frozen=True)
class Facts:
    """Of a frame's whole span. ``names`` (by id), ``clocks`` and ``people`` cover everybody in it.

    ``known`` is the span in which no incident and no shift is missing, None where there is none;
    shifts are known until ``planned_until``.
    """

    interruptions: tuple[Interruption, ...]
    shifts: tuple[Shift, ...]
    people: tuple[SetUp, ...]
    names: Mapping[str, str]
    clocks: Clocks
    known: Span | None
    planned_until: datetime | None

    def knows(self, span: Span) -> bool:
        """Whether nothing in that span is missing."""
        return self.known is not None and self.known.start <= span.start and span.end <= self.known.end

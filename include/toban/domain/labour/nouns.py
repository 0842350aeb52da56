"""What is counted: deeds in incidents, and the call-outs they make. Moments are aware and in UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from toban.domain.labour.rules import CallOutRule
from toban.domain.spans import Span

KEY_FORM = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Deed:
    """Something that a person did in an incident; where not ``acted``, a notification of the person."""

    person_id: str
    incident_id: str
    at: datetime
    acted: bool


class Standing(StrEnum):
    """How sure the time of a call-out is."""

    COUNTED = "counted"  # by the rule
    TO_CONFIRM = "to_confirm"  # the deeds lie further apart than the rule lets count unasked
    CORRECTED = "corrected"  # a person said when it was
    CONFIRMED = "confirmed"  # a person said that the rule's time is right
    WITHDRAWN = "withdrawn"  # a person said that it was none


@dataclass(frozen=True)
class CallOut:
    """One person's time for one or more incidents that overlapped.

    ``span`` counts; ``told`` is from the first to the last that PagerDuty tells, the tail included, however
    long. ``rule`` is what made the one of the other. ``before`` is the rule's time where a person said
    otherwise.
    """

    person_id: str
    span: Span
    told: Span
    incident_ids: tuple[str, ...]
    rule: CallOutRule
    standing: Standing = Standing.COUNTED
    before: Span | None = None

    @property
    def by_rule(self) -> Span:
        """What the rule counts, whatever people say."""
        return self.before or self.span

    @property
    def key(self) -> str:
        """Names it for corrections: the person, when it began as PagerDuty tells, for how many incidents.

        So what was said of it does not hold for another incident that later deeds join to it.
        """
        joined = f"+{len(self.incident_ids)}" if len(self.incident_ids) > 1 else ""
        return f"{self.person_id}:{self.told.start.strftime(KEY_FORM)}{joined}"

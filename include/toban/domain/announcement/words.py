"""Moments, stretches and names as the announcement says them, in the team's own time zone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from toban.domain.language import Language
from toban.domain.message import escape
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span


@dataclass(frozen=True)
class Words:
    """How one team is spoken to. ``mentions`` (person id to ``<@U…>``) holds whoever may be rung."""

    say: Language
    zone: ZoneInfo
    at: datetime
    mentions: Mapping[str, str]

    def until(self, end: datetime | None) -> str:
        """``until 10:00 tomorrow``, ``until Mon 23 Nov 10:00``; ``None`` is a duty without end."""
        if end is None:
            return self.say.text("always on call")
        local, days = self._local(end)
        if days == 1 and local.time() == time(0):
            return self.say.text("until midnight")
        if days > 1:
            return self.say.text("until {moment}", moment=self.say.moment(local))
        clock = self.say.clock(local)
        return self.say.text("until {clock} tomorrow" if days == 1 else "until {clock}", clock=clock)

    def since(self, start: datetime) -> str:
        """``from 10:00 tomorrow``, ``from Mon 23 Nov 10:00``."""
        local, days = self._local(start)
        if not 0 <= days <= 1:
            return self.say.text("from {moment}", moment=self.say.moment(local))
        clock = self.say.clock(local)
        return self.say.text("from {clock} tomorrow" if days == 1 else "from {clock}", clock=clock)

    def stretch(self, span: Span) -> str:
        """``Sat 28 Nov 10:00 – 18:00``; the second day is left out where it is the first."""
        start, end = span.start.astimezone(self.zone), span.end.astimezone(self.zone)
        same_day = start.date() == end.date()
        return f"{self.say.moment(start)} – {self.say.clock(end) if same_day else self.say.moment(end)}"

    def _local(self, moment: datetime) -> tuple[datetime, int]:
        local = moment.astimezone(self.zone)
        return local, (local.date() - self.at.astimezone(self.zone).date()).days

    def rung(self, person: Person) -> str:
        """The mention that rings, where there is one, else the plain name."""
        return self.mentions.get(person.id) or escape(person.name)

    def people(self, shifts: Sequence[Shift], *, ring: bool) -> str:
        """``<@U1>, <@U2> until 10:00 tomorrow; <@U3> always``: who shares an end is said in one breath."""
        by_end = groupby(sorted(shifts, key=lambda shift: shift.span.end), key=lambda shift: shift.end)
        return self.say.text("; ").join(
            self.say.text("{people} {until}", people=self._detailed(run, ring=ring), until=self.until(end))
            for end, run in by_end
        )

    def _detailed(self, shifts: Iterable[Shift], *, ring: bool) -> str:
        return self.say.text(", ").join(
            self.say.text("{person} (for {other})", person=name, other=escape(shift.stands_in_for))
            if shift.stands_in_for
            else name
            for shift in shifts
            for name in [self.names([shift], ring=ring)]
        )

    def names(self, shifts: Iterable[Shift], *, ring: bool) -> str:
        """The persons of the shifts, enumerated."""
        people = dict.fromkeys(shift.person for shift in shifts)
        return self.say.text(", ").join(self.rung(p) if ring else escape(p.name) for p in people)

    def addressed(self, shifts: Iterable[Shift], *, ring: bool) -> str:
        """As `names`, in the form in which a sentence speaks of people."""
        people = dict.fromkeys(shift.person for shift in shifts)
        named = (self.rung(person) if ring else escape(person.name) for person in people)
        return self.say.text(", ").join(self.say.text("{person}", person=name) for name in named)

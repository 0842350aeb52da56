"""How one team is spoken to about an incident: its language, its clock, and whether names ring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.domain.alerts.nouns import Reference
from toban.domain.language import Language
from toban.domain.message import bold, escape, link
from toban.domain.people import Person

MOST_RUNG = 8  # a longer row of mentions asks nobody


@dataclass(frozen=True)
class Speech:
    """``mentions`` (person id to ``<@U…>``) holds whoever may be rung; it is empty in mode observe."""

    say: Language
    zone: ZoneInfo
    mentions: Mapping[str, str]

    def rung(self, people: Iterable[Person]) -> str:
        """The people by mention, in bold by name where there is none."""
        listed = list(people)
        shown = [self.mentions.get(one.id) or bold(one.name) for one in listed[:MOST_RUNG]]
        if len(listed) > MOST_RUNG:
            shown.append(self.say.text("{n} more", n=len(listed) - MOST_RUNG))
        return self.say.text(", ").join(shown)

    def named(self, people: Iterable[Person]) -> str:
        """The people by plain name: nobody is rung."""
        return self.say.text(", ").join(escape(person.name) for person in people)

    def incident(self, other: Reference) -> str:
        """Another incident, linked where its page is known."""
        label = other.label or self.say.text("another incident")
        return link(other.url, label) if other.url else escape(label)

    def clock(self, moment: datetime) -> str:
        """The time on the team's clock."""
        return self.say.clock(moment.astimezone(self.zone))

    def moment(self, moment: datetime) -> str:
        """Day and time on the team's clock."""
        return self.say.moment(moment.astimezone(self.zone))

"""What the ledger holds of one incident, and when its round's clock began."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from toban.domain.alerts.nouns import Incident, Thread
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.waiting import reminds_from


@dataclass(frozen=True)
class Said:
    """The thread, the keys of what stands in Slack about the incident, and since when its head does."""

    thread: Thread
    keys: Collection[str]
    head_at: datetime | None = None

    def has(self, key: str) -> bool:
        """Whether that was said."""
        return key in self.keys


def called_from(incident: Incident, said: Said, policy: CallPolicy) -> datetime:
    """When the round's call was due; its clock runs from there."""
    return policy.rings_from(said.thread.round.seen_at, low=incident.low)


def reminded_from(incident: Incident, said: Said, policy: CallPolicy) -> datetime:
    """What reminders count from: nobody is reminded of what could not be said yet."""
    since = (called_from(incident, said, policy), said.head_at, reminds_from(incident, said.thread))
    return max(moment for moment in since if moment is not None)

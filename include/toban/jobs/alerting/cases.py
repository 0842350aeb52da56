"""Everything in which something may be missing: single incidents, and groups that share a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from toban.clients.ledger import Claim
from toban.domain.alerts.grouping import by_root
from toban.domain.alerts.nouns import Incident, Thread
from toban.domain.alerts.said import Said
from toban.jobs.alerting.desk import Desk
from toban.jobs.alerting.picture import Picture
from toban.jobs.alerting.tools import Tools, desk_of

Claims = Mapping[str, Claim]


@dataclass(frozen=True)
class Case:
    """One incident with all that is known of it; ``said`` is what stands in Slack about it, by key."""

    incident: Incident
    thread: Thread
    desk: Desk
    said: Claims

    @property
    def about(self) -> str:
        """What the ledger's messages are about."""
        return self.incident.id

    @property
    def known(self) -> Said:
        """What the decisions need of the ledger."""
        head = self.said.get(self.thread.root)
        at = datetime.fromtimestamp(float(head.ts), UTC) if head and head.ts else None
        return Said(self.thread, self.said, at)


@dataclass(frozen=True)
class Group:
    """Incidents that share a message: all threads of it, in order, and those incidents that are known now."""

    root: str
    threads: Sequence[Thread]
    incidents: Mapping[str, Incident]
    desk: Desk
    said: Claims

    @property
    def about(self) -> str:
        """What the ledger's messages are about."""
        return self.root

    @property
    def thread(self) -> Thread:
        """Any of them: they are in one place."""
        return self.threads[0]


def cases_and_groups(
    tools: Tools, picture: Picture, threads: Mapping[str, Thread]
) -> tuple[list[Case], list[Group]]:
    """Cases oldest first, and the groups that any of them belongs to."""
    living = {key: one for key, one in threads.items() if one.closed_at is None and key in picture.incidents}
    # A dry run has saved none of the group.
    roots = {root: tools.ledger.threads.group(root) or new for root, new in by_root(living).items()}
    said = tools.ledger.said_about([*living, *roots])
    cases = [
        Case(picture.incidents[key], one, desk_of(tools, one), said.get(key, {}))
        for key, one in living.items()
    ]
    groups = [
        Group(root, found, picture.incidents, desk_of(tools, found[0]), said.get(root, {}))
        for root, found in roots.items()
    ]
    return sorted(cases, key=lambda case: (case.incident.created_at, case.incident.number)), groups

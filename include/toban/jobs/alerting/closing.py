"""Threads in which nothing is left to say are put aside: a pass no longer looks at them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from toban.domain.alerts.group_actions import part_key
from toban.domain.alerts.nouns import Thread
from toban.jobs.alerting import heads
from toban.jobs.alerting.cases import Case, Group
from toban.jobs.alerting.picture import Picture
from toban.jobs.alerting.tools import Tools

GIVEN_UP = timedelta(days=1)  # what could not be said for so long, say of an archived channel, is history


def close(tools: Tools, picture: Picture, cases: Sequence[Case], groups: Sequence[Group]) -> None:
    """Close what is resolved, said, and shown as it is; a reopened incident opens its thread again."""
    settled = [group for group in groups if _shows_all(tools, group, picture)]
    own = [case.thread for case in cases if _is_over(tools, case, picture)]
    members = [thread for group in settled for thread in _resolved(group)]
    done = {thread.incident_id: replace(thread, closed_at=picture.at) for thread in [*own, *members]}
    if done:
        tools.ledger.threads.save(list(done.values()), now=picture.at)


def _is_over(tools: Tools, case: Case, picture: Picture) -> bool:
    if case.incident.is_open:
        return False
    ended = case.incident.resolved_at or picture.at
    said = case.thread.root in case.said and not heads.differs(tools, case, picture.at)
    return said or picture.at - ended > GIVEN_UP


def _shows_all(tools: Tools, group: Group, picture: Picture) -> bool:
    parts = {thread.part for thread in group.threads} - {0}
    said = {group.root, *(part_key(group.root, number) for number in parts)} <= group.said.keys()
    return said and not heads.differs(tools, group, picture.at)


def _resolved(group: Group) -> Iterator[Thread]:
    for thread in group.threads:
        incident = group.incidents.get(thread.incident_id)
        if thread.closed_at is None and incident is not None and not incident.is_open:
            yield thread

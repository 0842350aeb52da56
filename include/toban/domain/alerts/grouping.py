"""Which incidents stand alone in Slack and which share a message: storms, and lists of what is old."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.alerts import keys
from toban.domain.alerts.nouns import Alert, Form, Incident, Round, Thread

HEAD = 20  # so many incidents the message itself names
PART = 40  # so many go into one message of its thread: about 100 characters each, within Slack's limits
STORM_LASTS = timedelta(minutes=10)  # a storm takes in what comes within so long after its newest incident


@dataclass(frozen=True)
class Place:
    """Where a team is spoken to."""

    team_id: str | None
    channel: str


@dataclass(frozen=True)
class New:
    """An incident that has no thread yet, with its first round and what its alert said."""

    incident: Incident
    round: Round
    alert: Alert
    runbook_id: str | None = None


@dataclass(frozen=True)
class Storm:
    """A storm that still takes in incidents; ``parts`` is the number of its last part."""

    root: str
    parts: int


def new_threads(
    found: Sequence[New],
    place: Place,
    storm: Storm | None,
    *,
    threshold: int,
    fresh: timedelta,
    now: datetime,
) -> list[Thread]:
    """Threads for incidents of one place, oldest first.

    What is open and older than ``fresh`` at first sight goes into a list. Of the others, ``threshold`` or
    more make a storm, and a storm that lasts takes in any number.
    """
    old = [new for new in found if new.incident.is_open and now - new.incident.created_at > fresh]
    rest = [new for new in found if new not in old]
    made = list(_grouped(old, place, f"list:{_first(old)}", Form.LIST, 0, now)) if old else []
    if storm is not None:
        return made + list(_grouped(rest, place, storm.root, Form.STORM, storm.parts + 1, now))
    if len(rest) >= threshold:
        return made + list(_grouped(rest, place, f"storm:{_first(rest)}", Form.STORM, 0, now))
    return made + [_thread(new, place, keys.head(new.incident.id), Form.OWN, 0, now) for new in rest]


def _first(found: Sequence[New]) -> str:
    return found[0].incident.id


def _grouped(
    found: Sequence[New], place: Place, root: str, form: Form, part: int, now: datetime
) -> Iterator[Thread]:
    sizes = {0: HEAD}
    filled = 0
    for new in found:
        if filled == sizes.get(part, PART):
            part, filled = part + 1, 0
        filled += 1
        yield _thread(new, place, root, form, part, now)


def _thread(new: New, place: Place, root: str, form: Form, part: int, now: datetime) -> Thread:
    one = new.incident
    return Thread(
        incident_id=one.id,
        team_id=place.team_id,
        channel=place.channel,
        root=root,
        form=form,
        part=part,
        title=one.title,
        number=one.number,
        status=one.status,
        round=new.round,
        seen_at=now,
        touched_at=now,
        alert=new.alert,
        runbook_id=new.runbook_id,
        service_id=one.service_id,
        service=one.service_name,
    )


def by_root(threads: Mapping[str, Thread]) -> dict[str, list[Thread]]:
    """Grouped threads by their root, each in order of part and number."""
    found: dict[str, list[Thread]] = {}
    for thread in sorted(threads.values(), key=lambda one: (one.part, one.number)):
        if thread.form is not Form.OWN:
            found.setdefault(thread.root, []).append(thread)
    return found

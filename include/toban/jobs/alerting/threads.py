"""New threads, later rounds and lines of what happened: decided and saved before anything is said."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toban.domain.alerts.grouping import STORM_LASTS, New, Place, Storm, new_threads
from toban.domain.alerts.lines import in_thread, line_key, line_text, touched
from toban.domain.alerts.nouns import Alert, Incident, Line, Status, Thread
from toban.domain.alerts.owner import owner
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.rounds import first_round, next_round
from toban.domain.alerts.waiting import is_to_be_judged
from toban.jobs.alerting.picture import Picture
from toban.jobs.alerting.tools import Tools, desk_of

# So many lines go into one message: a group of a thousand incidents has as many to say at once.
LINES_TOGETHER = 25


def bring_up_to_date(tools: Tools, picture: Picture) -> dict[str, Thread]:
    """Save threads and lines in one transaction; gives every thread of the picture as it is now."""
    current, lines = decide(tools, picture)
    changed = [thread for key, thread in current.items() if thread != picture.threads.get(key)]
    if changed or lines:
        tools.ledger.threads.save(changed, lines, now=picture.at)
    return current


def decide(tools: Tools, picture: Picture) -> tuple[dict[str, Thread], list[Line]]:
    """Every thread of the picture as it is now, and the lines of what is new; nothing is saved."""
    later = {each.incident_id: each for each in _later(picture)}
    opened = {each.incident_id: each for each in _opened(tools, picture)}
    current = {**picture.threads, **later, **opened}
    lines = [line for thread in current.values() for line in _lines(tools, picture, thread)]
    return current, list(_bundled(lines))


def _later(picture: Picture) -> Iterator[Thread]:
    """Threads that exist, after what has happened since."""
    for key, thread in picture.threads.items():
        incident = picture.incidents.get(key)
        if key in picture.gone:
            yield replace(thread, closed_at=picture.at)
        if incident is None:
            continue
        events = picture.events_of(key)
        asked = next_round(thread.round, incident, thread.status, events, picture.at)
        yield replace(
            thread,
            status=incident.status,
            round=asked,
            touched_at=touched(thread.touched_at, events),
            alert=picture.alerts.get(key, thread.alert),
            closed_at=None if incident.is_open or events else thread.closed_at,
        )


def _opened(tools: Tools, picture: Picture) -> Iterator[Thread]:
    """Threads for incidents that have none, place by place."""
    threshold = tools.settings.alerts.storm_threshold
    storms = tools.ledger.threads.latest_storms(picture.at - STORM_LASTS)
    for place, found in _by_place(tools, picture).items():
        desk = tools.desks[place.team_id]
        made = new_threads(
            found,
            place,
            _storm(tools, storms.get((place.team_id, place.channel))),
            threshold=threshold,
            fresh=desk.policy.fresh,
            now=picture.at,
        )
        yield from (_to_be_judged(thread, picture, desk_of(tools, thread).policy) for thread in made)


def _to_be_judged(thread: Thread, picture: Picture, policy: CallPolicy) -> Thread:
    """Where a verdict decides about the mention, it is due at once until there is one."""
    incident = picture.incidents[thread.incident_id]
    judged = is_to_be_judged(incident, thread, policy, picture.at)
    return replace(thread, mention_at=picture.at) if judged else thread


def _by_place(tools: Tools, picture: Picture) -> dict[Place, list[New]]:
    found: dict[Place, list[New]] = defaultdict(list)
    for incident in sorted(_unknown(picture), key=lambda one: (one.created_at, one.number)):
        team_id = owner(incident, tools.claims)
        if team_id is None and tools.settings.alerts.unclaimed == "ignore":
            continue
        begun = first_round(incident, picture.events_of(incident.id), picture.at)
        alert = picture.alerts.get(incident.id, Alert())
        found[tools.desks[team_id].place].append(New(incident, begun, alert))
    return found


def _unknown(picture: Picture) -> Iterable[Incident]:
    """Open ones, and those that came and went since the last pass; not old ones that somebody touched."""
    return (
        incident
        for key, incident in picture.incidents.items()
        if key not in picture.threads and (incident.is_open or incident.created_at >= picture.since)
    )


def _storm(tools: Tools, root: str | None) -> Storm | None:
    """The storm that takes in what is new; one that somebody has taken rang for other incidents."""
    members = tools.ledger.threads.group(root) if root else []
    if root is None or not any(thread.status is Status.TRIGGERED for thread in members):
        return None
    return Storm(root, max(thread.part for thread in members))


def _lines(tools: Tools, picture: Picture, thread: Thread) -> Iterator[Line]:
    incident = picture.incidents.get(thread.incident_id)
    if incident is None:
        return
    desk = desk_of(tools, thread)
    for event in picture.events_of(thread.incident_id):
        text = line_text(event, incident, desk.speech({}))
        if text is not None:
            yield Line(line_key(event), thread.incident_id, thread.root, "", in_thread(text, thread))


def _bundled(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of one thread share a message; its key is made of the first of them."""
    by_root: Mapping[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_root[line.root].append(line)
    for found in by_root.values():
        for at in range(0, len(found), LINES_TOGETHER):
            bundle = found[at : at + LINES_TOGETHER]
            # Two passes at once may bundle differently: then they say under different keys.
            mark = hashlib.sha256("".join(line.key for line in bundle).encode()).hexdigest()[:16]
            for line in bundle:
                yield replace(line, message=f"line:{bundle[0].incident_id}:{mark}")

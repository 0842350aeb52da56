"""The handover as a reply in the announcement's thread."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from toban.domain.announcement.lines import paragraphs
from toban.domain.handover.nouns import Handover, OpenIncident, PastIncident
from toban.domain.language import Language
from toban.domain.message import Block, Message, bold, context, escape, link, section
from toban.domain.mrkdwn import cut

# The newest ones; whoever comes on duty reads this on a phone, and the rest is in PagerDuty.
OPEN_SHOWN = 10
PAST_SHOWN = 15
TITLE_CHARACTERS = 80
LATE_S = 3600  # the sync runs every hour; knowledge older than this is worth a word


def handover_message(handover: Handover, zone: ZoneInfo, say: Language) -> Message:
    """What is open, then what has been, with outcomes; links to each incident."""
    title = say.text("Handover · {team}", team=handover.team)
    summary = say.count("{n} incident is open", "{n} incidents are open", len(handover.open))
    blocks: list[Block] = [
        section(bold(title)),
        *paragraphs(list(_open_lines(handover, say))),
        *paragraphs(list(_past_lines(handover, zone, say))),
        *_freshness(handover, zone, say),
    ]
    return Message(f"{escape(title)}: {summary}", tuple(blocks))


def _open_lines(handover: Handover, say: Language) -> Iterator[str]:
    if not handover.open:
        yield say.text(":white_check_mark: *No incident is open*")
        return
    yield say.count(
        ":red_circle: *{n} incident is open*", ":red_circle: *{n} incidents are open*", len(handover.open)
    )
    newest = sorted(handover.open, key=lambda incident: incident.created_at, reverse=True)
    for incident in newest[:OPEN_SHOWN]:
        yield _open_line(incident, handover, say)
    yield from _rest(newest, OPEN_SHOWN, say)


def _open_line(incident: OpenIncident, handover: Handover, say: Language) -> str:
    age = say.duration((handover.at - incident.created_at).total_seconds())
    who = say.text(", ").join(escape(name) for name in incident.assignees) or say.text("nobody assigned")
    state = say.text("acknowledged" if incident.acknowledged else "*not acknowledged*")
    return f"• {_titled(incident)} · {say.text('open for {age}', age=age)} · {state} · {who}"


def _past_lines(handover: Handover, zone: ZoneInfo, say: Language) -> Iterator[str]:
    moment = say.moment(handover.since.astimezone(zone))
    if handover.unreadable:
        yield say.text("The history cannot be told: the warehouse cannot be read, see the log.")
        return
    if handover.history is None:
        yield say.text("There is no history yet: the warehouse has not been filled.")
        return
    incidents = sorted(handover.history.incidents, key=lambda incident: incident.created_at, reverse=True)
    counted = say.count("{n} incident", "{n} incidents", len(incidents))
    nights = sum(1 for incident in incidents if incident.night_calls)
    title = say.text("*Since {moment}: {incidents}*", moment=moment, incidents=counted)
    woke = say.count("{n} of them at night", "{n} of them at night", nights)
    yield f"{title} · :crescent_moon: {woke}" if nights else title
    for incident in incidents[:PAST_SHOWN]:
        yield f"• {_titled(incident)} · {_outcome(incident, say)}"
    yield from _rest(incidents, PAST_SHOWN, say)


def _outcome(incident: PastIncident, say: Language) -> str:
    return say.text(" · ").join([_acknowledged(incident, say), _resolved(incident, say)])


def _acknowledged(incident: PastIncident, say: Language) -> str:
    if incident.seconds_to_acknowledge is None:
        return say.text("not acknowledged")
    return say.text("acknowledged after {time}", time=say.duration(incident.seconds_to_acknowledge))


def _resolved(incident: PastIncident, say: Language) -> str:
    if incident.seconds_to_resolve is None:
        return say.text("*still open*")
    time = say.duration(incident.seconds_to_resolve)
    return say.text(
        "resolved by itself after {time}" if incident.resolved_itself else "resolved after {time}", time=time
    )


def _titled(incident: OpenIncident | PastIncident) -> str:
    title = " ".join(incident.title.split())  # Slack ends a link at the end of a line
    label = f"#{incident.number} {cut(title, TITLE_CHARACTERS)}"
    return link(incident.url, label) if incident.url else escape(label)


def _rest(incidents: Sequence[object], shown: int, say: Language) -> Iterator[str]:
    if len(incidents) > shown:
        left = len(incidents) - shown
        yield say.count("… and {n} earlier one", "… and {n} earlier ones", left)


def _freshness(handover: Handover, zone: ZoneInfo, say: Language) -> list[Block]:
    known = handover.history.known_until if handover.history else None
    if known is None or (handover.at - known).total_seconds() < LATE_S:
        return []
    return [
        context([say.text("The history is known up to {moment}.", moment=say.moment(known.astimezone(zone)))])
    ]

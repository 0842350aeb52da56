"""An alert pass that does not end becomes one sentence in the fallback channel."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.clients.messenger import Messenger
from toban.domain.language import Language
from toban.domain.message import Message, link, section


@dataclass(frozen=True)
class StuckPass:
    """A pass that was late: when it was due, began and ended (None: not yet), and its page in Airflow."""

    due_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    page: str | None


def report_stillness(
    messenger: Messenger, channel: str, say: Language, *, stuck: StuckPass, zone: ZoneInfo, now: datetime
) -> None:
    """Say that alert passes have stopped, since when, and where to look: once an hour, however many hang."""
    title = _title(stuck, say, zone)
    meaning = say.text(
        "While they stand still, nothing new is announced here and nobody is reminded; PagerDuty still calls."
    )
    where = f"\n{link(stuck.page, say.text('Open the run'))}" if stuck.page else ""
    message = Message(title, (section(f":rotating_light: *{title}*\n{meaning}{where}"),))
    messenger.say(f"stillness:{now:%Y-%m-%dT%H}", channel, message)


def _title(stuck: StuckPass, say: Language, zone: ZoneInfo) -> str:
    since = say.moment((stuck.begun_at or stuck.due_at).astimezone(zone))
    if stuck.ended_at:
        until = say.moment(stuck.ended_at.astimezone(zone))
        return say.text("Alert passes stood still from {since} to {until}.", since=since, until=until)
    if stuck.begun_at:
        return say.text("Alert passes have stopped: one that began {since} has not ended.", since=since)
    return say.text("Alert passes have stopped: one that was due {since} has not begun.", since=since)

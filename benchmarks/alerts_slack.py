"""What stands in Slack about alerts: by key, and which incidents are named where."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from alerts_company import CHANNEL
from alerts_station import Station

NAMING = ("alert:", "storm:", "list:", "part:")  # keys of messages that name incidents
NUMBER = re.compile(r"#(\d+)\b")

Message = dict[str, Any]


def messages(at: Station, since: float = 0.0) -> list[Message]:
    """Toban's messages in the team's channel since that moment, replies too, oldest first."""
    found = at.slack("messages", channel=CHANNEL, since=f"{since:.6f}")
    return [one for one in found if "metadata" in one]


def key_of(message: Message) -> str:
    """Under which it was said."""
    return str(message["metadata"]["event_payload"]["key"])


def heads(at: Station, since: float) -> dict[str, Message]:
    """The messages that head threads of single incidents, by incident."""
    found = {key_of(one): one for one in messages(at, since)}
    return {key.removeprefix("alert:"): one for key, one in found.items() if key.startswith("alert:")}


def words(message: Message) -> str:
    """The texts of its blocks."""
    found = []
    for block in message.get("blocks") or ():
        parts = [block.get("text"), *(block.get("elements") or ())]
        found += [part["text"] for part in parts if part and isinstance(part.get("text"), str)]
    return "\n".join(found)


@dataclass
class Naming:
    """Which numbers are named, in how many messages, and since when."""

    messages: Counter[int]
    lines: dict[int, str]
    first_ts: float
    last_ts: float


def naming(found: list[Message]) -> Naming:
    """Of heads and parts among the messages."""
    counts: Counter[int] = Counter()
    lines: defaultdict[int, str] = defaultdict(str)
    stamps = []
    for message in found:
        if not key_of(message).startswith(NAMING):
            continue
        stamps.append(float(message["ts"]))
        numbers = set()
        for line in words(message).splitlines():
            for number in map(int, NUMBER.findall(line)):
                numbers.add(number)
                lines[number] += line
        counts.update(numbers)
    return Naming(counts, lines, min(stamps, default=0.0), max(stamps, default=0.0))


def twice(found: list[Message]) -> int:
    """How many keys stand in Slack more than once."""
    return sum(count > 1 for count in Counter(map(key_of, found)).values())

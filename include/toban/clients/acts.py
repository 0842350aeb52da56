"""Messages and files as acts: how each is put into Slack, and how it is recognised there."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from toban.clients.ledger import Claim, Intent
from toban.clients.once import Act
from toban.clients.slack import File, Posted, Slack
from toban.domain.message import Message
from toban.errors import SlackError

SHOWN_TRIES, SHOWN_PAUSE_S = 3, 1.0  # Slack shows a file a moment after taking it


def message_act(
    slack: Slack, key: str, channel: str, message: Message, thread_ts: str | None, about: str | None = None
) -> Act:
    """A message of one part, ``about`` an incident's id; it is recognised by the key in its metadata."""

    def find(claim: Claim) -> Posted | None:
        place = slack.channel_id(claim.channel)
        ts = slack.find(place, key, oldest=claim.since, thread_ts=claim.thread_ts)
        return None if ts is None else Posted(place, ts)

    def send(claim: Claim, before: Callable[[], None]) -> Posted:
        place = slack.channel_id(claim.channel)
        return slack.post(place, message, thread_ts=claim.thread_ts, key=key, before=before)

    return Act(Intent(key, "message", channel, thread_ts, content_hash(message), about), send, find)


def file_act(
    slack: Slack,
    key: str,
    channel: str,
    file: File,
    thread_ts: str | None,
    *,
    about: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Act:
    """A file; uploads take no metadata, so it is recognised by its name, which gets a mark of the key."""
    shown = replace(file, name=marked(file.name, key))

    def find(claim: Claim) -> Posted | None:
        place = slack.channel_id(claim.channel)
        ts = slack.find_file(place, shown.name, oldest=claim.since, thread_ts=claim.thread_ts)
        return None if ts is None else Posted(place, ts)

    def send(claim: Claim, before: Callable[[], None]) -> Posted:
        place = slack.channel_id(claim.channel)
        slack.upload(place, shown, claim.thread_ts, before=before)
        return _shown(lambda: find(claim), sleep) or Posted(place, "")

    digest = hashlib.sha256(file.title.encode() + b"\0" + file.content).hexdigest()
    form = "file" if file.alt is None else "picture"
    return Act(Intent(key, form, channel, thread_ts, digest, about), send, find)


def content_hash(message: Message) -> str:
    """Equal for messages that look equal."""
    content = json.dumps([message.text, message.blocks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode(errors="replace")).hexdigest()


def marked(name: str, key: str) -> str:
    """``chart.png`` as ``chart-0f3a….png``: the key's mark keeps two files of one name apart."""
    path = PurePath(name)
    return f"{path.stem}-{hashlib.sha256(key.encode()).hexdigest()[:12]}{path.suffix or '.png'}"


def _shown(find: Callable[[], Posted | None], sleep: Callable[[float], None]) -> Posted | None:
    """Where Slack shows the file, which it has for certain; None where it does not say, or not in time."""
    for _ in range(SHOWN_TRIES):
        try:
            found = find()
        except SlackError:
            return None
        if found is not None:
            return found
        sleep(SHOWN_PAUSE_S)
    return None

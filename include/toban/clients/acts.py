"""Messages and pictures as acts: how each is put into Slack, and how it is recognised there."""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import PurePath

from toban.clients.ledger import Claim, Intent
from toban.clients.once import Act
from toban.clients.slack import Posted, Slack
from toban.domain.message import Message
from toban.errors import SlackError

SHOWN_TRIES, SHOWN_PAUSE_S = 3, 1.0  # Slack shows a picture a moment after taking it


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


def picture_act(
    slack: Slack,
    key: str,
    channel: str,
    name: str,
    png: bytes,
    title: str,
    thread_ts: str | None,
    *,
    about: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Act:
    """A PNG; uploads take no metadata, so it is recognised by its file's name."""
    file_name = marked(name, key)

    def find(claim: Claim) -> Posted | None:
        place = slack.channel_id(claim.channel)
        ts = slack.find_picture(place, file_name, oldest=claim.since, thread_ts=claim.thread_ts)
        return None if ts is None else Posted(place, ts)

    def send(claim: Claim, before: Callable[[], None]) -> Posted:
        place = slack.channel_id(claim.channel)
        slack.upload_png(place, file_name, png, title, claim.thread_ts, before=before)
        return _shown(lambda: find(claim), sleep) or Posted(place, "")

    digest = hashlib.sha256(title.encode() + b"\0" + png).hexdigest()
    return Act(Intent(key, "picture", channel, thread_ts, digest, about), send, find)


def content_hash(message: Message) -> str:
    """Equal for messages that look equal."""
    content = json.dumps([message.text, message.blocks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode(errors="replace")).hexdigest()


def marked(name: str, key: str) -> str:
    """``chart.png`` as ``chart-0f3a….png``: the key's mark keeps two pictures of one name apart."""
    path = PurePath(name)
    return f"{path.stem}-{hashlib.sha256(key.encode()).hexdigest()[:12]}{path.suffix or '.png'}"


def _shown(find: Callable[[], Posted | None], sleep: Callable[[float], None]) -> Posted | None:
    """Where Slack shows the picture, which it has for certain; None where it does not say, or not in time."""
    for _ in range(SHOWN_TRIES):
        try:
            found = find()
        except SlackError:
            return None
        if found is not None:
            return found
        sleep(SHOWN_PAUSE_S)
    return None

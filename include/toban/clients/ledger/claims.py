"""Nouns of a claim: who may say something now, and what is known about it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What became of a message; a row keeps it."""

    CLAIMED = "claimed"
    POSTED = "posted"
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What a claim met."""

    NEW = "new"  # nothing of it is in Slack: post
    DOUBTFUL = "doubtful"  # an earlier claim ran out unconfirmed: look in Slack first
    HELD = "held"  # somebody is saying it: wait until the lease ends
    SAID = "said"  # it is in Slack


@dataclass(frozen=True)
class Intent:
    """Something to be said once. ``form`` is message, picture or file; ``channel`` a name or an id.

    ``about`` is the id of the incident it is about, if it is about one.
    """

    key: str
    form: str
    channel: str
    thread_ts: str | None
    content_hash: str
    about: str | None = None

    @property
    def kind(self) -> str:
        """The first word of the key, such as ``weekly_report`` of ``weekly_report:ops:2026-11-23``."""
        found = re.match(r"[A-Za-z0-9_-]+", self.key)
        return found.group() if found else self.key


@dataclass(frozen=True)
class Claim:
    """What the ledger holds under a key once somebody has claimed it.

    The place is where it was first meant to be said, so that one place is enough to look in. ``since`` is
    the moment from which on it may be in Slack; ``until`` ends the lease of ``claimant``. Once it is said,
    ``channel`` is an id and ``ts`` is set.
    """

    key: str
    standing: Standing
    channel: str
    thread_ts: str | None
    ts: str | None
    content_hash: str
    claimant: str
    since: datetime
    until: datetime
    about: str | None = None

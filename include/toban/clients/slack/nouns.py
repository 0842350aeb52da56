"""What Slack's client gives back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Posted:
    """Where a message is: the channel's id and the message's ``ts``, Slack's name for it.

    ``ts`` is empty for a file that Slack has taken but not shown yet.
    """

    channel: str
    ts: str


@dataclass(frozen=True)
class File:
    """What is shown in a channel as a file; ``alt`` says in words what a picture shows."""

    name: str
    content: bytes
    title: str
    alt: str | None = None


@dataclass(frozen=True)
class Channel:
    """A conversation; ``is_member`` says whether Toban's bot is in it."""

    id: str
    name: str
    is_member: bool
    is_archived: bool
    is_private: bool = False
    is_shared: bool = False  # members of other companies may read it


@dataclass(frozen=True)
class SlackUser:
    """An account; ``deleted`` covers deactivated ones.

    ``is_guest``: somebody whom the workspace lets into some channels only. ``is_stranger``: of another
    company, met in a shared channel. ``teams`` are the workspaces the account belongs to. ``email`` is
    absent where the app may not read it.
    """

    id: str
    name: str
    is_bot: bool
    deleted: bool
    is_guest: bool = False
    is_stranger: bool = False
    teams: frozenset[str] = frozenset()
    email: str | None = None

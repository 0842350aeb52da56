"""What is to be done about one incident; each names the key under which it is said once."""

from dataclasses import dataclass
from datetime import timedelta

from toban.domain.people import Person


@dataclass(frozen=True)
class Open:
    """Post the message that heads its thread; ``rings`` mentions those asked in it."""

    key: str
    rings: bool


@dataclass(frozen=True)
class Call:
    """Call people in the thread, by a message of its own."""

    key: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Remind:
    """Call them again; ``waited`` since the call."""

    key: str
    people: tuple[Person, ...]
    waited: timedelta


@dataclass(frozen=True)
class Escalate:
    """Make PagerDuty ask the people of that absolute level."""

    key: str
    level: int
    people: tuple[Person, ...]
    from_level: int


@dataclass(frozen=True)
class Unmanned:
    """Say that nobody is on call up to ``level``, and who is called instead (None: on no level)."""

    key: str
    level: int | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Exhausted:
    """Say that no level is left above, to everybody on call."""

    key: str
    level: int
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Ask:
    """Ask those who acknowledged how it stands; nothing happened for ``untouched``."""

    key: str
    people: tuple[Person, ...]
    untouched: timedelta


@dataclass(frozen=True)
class Part:
    """Name further members of a group in its thread."""

    key: str
    number: int


Action = Open | Call | Remind | Escalate | Unmanned | Exhausted | Ask | Part

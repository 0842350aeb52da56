"""A person as PagerDuty knows one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """``time_zone`` is an IANA name; ``email`` serves only to find the same person in Slack."""

    id: str
    name: str
    email: str | None = None
    time_zone: str | None = None

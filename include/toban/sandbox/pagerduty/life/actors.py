"""Who does something, and through what: the agent and the channel of a log entry."""

from dataclasses import dataclass, field

from toban.sandbox.pagerduty.wire import Json, reference


@dataclass(frozen=True)
class Actor:
    """`agent`: a reference to a user, service or integration; `channel`: its `type` and more."""

    agent: Json
    channel: Json = field(default_factory=dict)

    @property
    def is_user(self) -> bool:
        return bool(self.agent["type"] == "user_reference")


def by_user(user: Json, through: str = "api") -> Actor:
    """A person, through "api", "website", "mobile", "sms", "phone" or "email"."""
    return Actor(reference(user), {"type": through})


def by_clock(incident: Json, channel: str = "auto") -> Actor:
    """PagerDuty itself, because a time-out ran off; it signs with the service."""
    return Actor(reference(incident["service"]), {"type": channel})


def by_integration(integration: Json, **channel: object) -> Actor:
    """A monitoring tool, through the Events API."""
    agent = reference(integration) | {"type": "integration_reference"}
    return Actor(agent, {"type": "api", **channel})

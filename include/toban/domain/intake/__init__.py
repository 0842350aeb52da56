"""Alerts of monitoring tools, whatever their form, as events that PagerDuty takes.

::

    nouns        Event, its links; where a tool of its own form holds what (Paths); a tool's secrets (Keys)
    reading      values out of bodies that may hold anything
    severities   the tools' many words for how bad it is
    making       an Event within PagerDuty's limits; the key that its trigger and its resolve share
    normalise    the body of a tool becomes events; one module a tool beside it
    wire         an Event as Events API v2 takes it
"""

from toban.domain.intake.cloudwatch import address_to_confirm, confirmation_note
from toban.domain.intake.normalise import TOOLS, normalise
from toban.domain.intake.nouns import Event, Keys, Link, Paths
from toban.domain.intake.wire import events_v2

__all__ = [
    "TOOLS",
    "Event",
    "Keys",
    "Link",
    "Paths",
    "address_to_confirm",
    "confirmation_note",
    "events_v2",
    "normalise",
]

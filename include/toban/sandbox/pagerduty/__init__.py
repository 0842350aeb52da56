"""A local PagerDuty: REST v2, analytics, Events v2 and webhooks v3, kept in memory and served over HTTP."""

from toban.sandbox.pagerduty.world import World

__all__ = ["World"]

"""A local PagerDuty: REST v2, analytics, Events v2 and webhooks v3, kept in memory and served over HTTP.

world.py holds the state; life/ changes incidents, engine.py lets time pass, schedules/ says who is on call,
analytics/ counts, webhooks/ tells others, http/ is the face of it all, app.py puts it together.
"""

from toban.sandbox.pagerduty.app import create_app
from toban.sandbox.pagerduty.world import World

__all__ = ["World", "create_app"]

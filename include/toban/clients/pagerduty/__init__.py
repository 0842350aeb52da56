"""PagerDuty's REST API: rate limits, retries, pages; and its objects as the warehouse's rows."""

from toban.clients.pagerduty.client import HISTORY_RESERVE, PATIENCE_S, TIMEOUT_S, PagerDuty
from toban.clients.pagerduty.events_api import Events
from toban.clients.pagerduty.patience import RateLimit

__all__ = ["HISTORY_RESERVE", "PATIENCE_S", "TIMEOUT_S", "Events", "PagerDuty", "RateLimit"]

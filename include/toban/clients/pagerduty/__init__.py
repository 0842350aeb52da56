"""PagerDuty's REST API: rate limits, retries, pages; and its objects as the warehouse's rows."""

from toban.clients.pagerduty.client import HISTORY_RESERVE, PATIENCE_S, PagerDuty

__all__ = ["HISTORY_RESERVE", "PATIENCE_S", "PagerDuty"]

"""PagerDuty's own figures per incident, where the account has Analytics."""

from collections.abc import Iterator

from toban.clients.pagerduty.client import PagerDuty, Row
from toban.clients.pagerduty.query import wire_time
from toban.domain.spans import Span

LIMIT = 1000  # the largest page of this endpoint


def analysed_incidents(pagerduty: PagerDuty, created: Span) -> Iterator[Row]:
    """One object per incident created in the span, with `seconds_to_first_ack` and many more.

    PagerDuty works them out "generally within 24 hours". Raises PagerDutyRefused for accounts without it.
    """
    filters = {"created_at_start": wire_time(created.start), "created_at_end": wire_time(created.end)}
    after: str | None = None
    while True:
        body = {
            "filters": filters,
            "limit": LIMIT,
            "order": "asc",
            "order_by": "created_at",
            "time_zone": "Etc/UTC",
        }
        if after:
            body["starting_after"] = after
        answer = pagerduty.post("analytics/raw/incidents", body, repeatable=True)
        yield from answer.get("data") or []
        after = answer.get("last")
        if not answer.get("more") or not after:
            return

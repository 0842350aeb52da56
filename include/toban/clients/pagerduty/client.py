"""PagerDuty as the rest of Toban sees it: calls, pages, and the few questions that several jobs ask."""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from toban.clients.pagerduty.calls import Calls, Sleep
from toban.clients.pagerduty.on_calls import INCLUDED, shifts
from toban.clients.pagerduty.patience import RateLimit
from toban.clients.pagerduty.session import Session
from toban.domain.shifts import Shift

log = logging.getLogger(__name__)
Row = dict[str, Any]
HISTORY_RESERVE = 0.4  # alerts may use the whole rate limit; reading history leaves them this share
PAGE = 100  # PagerDuty's largest
CEILING = 10_000  # offset + limit beyond it is a 400
TIMEOUT_S = 10.0
PATIENCE_S = (
    180.0  # all waiting between the attempts of one call: two resets of the rate limit, and a short outage
)


class PagerDuty:
    """A PagerDuty account over its REST API; every method raises PagerDutyError.

    `reserve` is the share of the rate limit left to others (0.4: wait for the reset while less than 40 %
    remains). `patience_s` bounds the waiting between the attempts of one call.
    """

    def __init__(
        self,
        token: str,
        url: str = "https://api.pagerduty.com",
        *,
        from_email: str | None = None,
        reserve: float = 0.0,
        timeout_s: float = TIMEOUT_S,
        patience_s: float = PATIENCE_S,
        sleep: Sleep = time.sleep,
    ) -> None:
        session = Session(token, url, from_email, timeout_s)
        self._calls = Calls(session, reserve=reserve, patience_s=patience_s, sleep=sleep)

    @property
    def api_calls(self) -> int:
        """Requests sent so far, repeated ones included."""
        return self._calls.made

    @property
    def rate_limit(self) -> RateLimit | None:
        """The limit and what remained of it when PagerDuty last told; None before it did."""
        return self._calls.rate_limit

    def get(self, path: str, **params: Any) -> Row:
        """The answer to a GET; a list becomes `name[]=…`, a datetime UTC text, None is left out."""
        return self._calls.call("GET", path, params)

    def put(self, path: str, body: Row, *, repeatable: bool = True, as_user: str | None = None) -> Row:
        """The answer to a PUT; the same state twice is one state, unless it rings people each time.

        `as_user` is the e-mail of the person in whose name it is, by default `from_email`.
        """
        return self._calls.call("PUT", path, {}, body, repeatable=repeatable, as_user=as_user)

    def post(self, path: str, body: Row, *, repeatable: bool = False, as_user: str | None = None) -> Row:
        """The answer to a POST; after a time-out only one that is `repeatable` (a question) is sent again."""
        return self._calls.call("POST", path, {}, body, repeatable=repeatable, as_user=as_user)

    def delete(self, path: str) -> None:
        """DELETE, which may be repeated."""
        self._calls.call("DELETE", path, {})

    def pages(self, path: str, key: str, **params: Any) -> Iterator[list[Row]]:
        """The lists under `key`, page by page, up to PagerDuty's ceiling of 10,000 rows."""
        for offset in range(0, CEILING, PAGE):
            answer = self.get(path, **params, limit=PAGE, offset=offset)
            yield answer.get(key) or []
            if not answer.get("more"):
                return
        log.warning("GET /%s has more than %d rows, which is all that PagerDuty lists", path, CEILING)

    def rows(self, path: str, key: str, **params: Any) -> Iterator[Row]:
        """The rows under `key` of all pages."""
        for page in self.pages(path, key, **params):
            yield from page

    def on_calls(self, policy_ids: Iterable[str], since: datetime, until: datetime) -> list[Shift]:
        """Shifts that overlap [since, until) in these escalation policies (none given: in all)."""
        asked = {
            "escalation_policy_ids": list(policy_ids),
            "include": INCLUDED,
            "since": since,
            "until": until,
        }
        return shifts(self.rows("oncalls", "oncalls", **asked))

    def escalation_policies(self, ids: Iterable[str]) -> list[Row]:
        """The escalation policies of these ids, one call each."""
        return [self.get(f"escalation_policies/{policy_id}")["escalation_policy"] for policy_id in ids]

    def schedule_names(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of these schedules by id, one call each."""
        found = (self.get(f"schedules/{schedule_id}")["schedule"] for schedule_id in ids)
        return {schedule["id"]: schedule["name"] for schedule in found}

    def open_incidents(self, **filters: Any) -> list[Row]:
        """Incidents triggered or acknowledged now, however old; `filters` as of GET /incidents."""
        asked = {"statuses": ("triggered", "acknowledged"), "date_range": "all", "sort_by": "created_at:desc"}
        return list(self.rows("incidents", "incidents", **asked, **filters))

    def incident(self, incident_id: str) -> Row:
        """One incident as it is now."""
        found: Row = self.get(f"incidents/{incident_id}")["incident"]
        return found

    def abilities(self) -> list[str]:
        """What the account may do, in PagerDuty's words."""
        return list(self.get("abilities")["abilities"])

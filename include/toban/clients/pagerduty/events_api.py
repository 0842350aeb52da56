"""PagerDuty's Events API v2, which takes alerts: https://developer.pagerduty.com/docs/events-api-v2/."""

from collections.abc import Mapping
from typing import Any

from toban.clients.pagerduty.answers import decoded
from toban.clients.pagerduty.patience import RETRIED
from toban.clients.pagerduty.session import Answer, EventsSession, NoAnswerError
from toban.errors import PagerDutyRefused, PagerDutyUnavailable

TIMEOUT_S = 5.0  # it only takes the event and answers at once
PATH = "/v2/enqueue"


class Events:
    """At one address; each `send` is one request, and its caller owns the waiting."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self._session = EventsSession(url, timeout_s)

    def send(self, event: Mapping[str, Any], routing_key: str) -> None:
        """Hand over the event (without its key); the same one twice is one alert, by its dedup key.

        Raises PagerDutyUnavailable where it may be tried again (no answer, 408, 429, 5xx, an answer that is
        not the API's), PagerDutyRefused with PagerDuty's words where that would not help.
        """
        try:
            answer = self._session.send("POST", PATH, {}, {**event, "routing_key": routing_key})
        except NoAnswerError as error:
            raise PagerDutyUnavailable(f"PagerDuty gave no answer to an event ({error}).") from error
        if answer.status == 202:
            return
        if answer.status in RETRIED or not 400 <= answer.status < 500:
            raise PagerDutyUnavailable(f"PagerDuty answered an event with {answer.status}.")
        raise PagerDutyRefused(_refusal(answer).replace(routing_key, "…"), status=answer.status)


def _refusal(answer: Answer) -> str:
    said = decoded(answer) or {}
    errors = said.get("errors")
    faults = ", ".join(str(each) for each in errors) if isinstance(errors, list) else ""
    words = ": ".join(filter(None, (str(said.get("message") or ""), faults))) or "it gave no reason"
    return f"PagerDuty refused an event ({answer.status}): {words}."

"""Calls to PagerDuty that are repeated while that makes sense, one at a time."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from toban.clients.pagerduty.answers import decoded, refusal
from toban.clients.pagerduty.patience import (
    ATTEMPTS,
    RETRIED,
    RateLimit,
    pause_after,
    rate_limit,
    wait_before,
)
from toban.clients.pagerduty.query import query
from toban.clients.pagerduty.session import Answer, NoAnswerError, Session
from toban.errors import PagerDutyUnavailable

log = logging.getLogger(__name__)
Sleep = Callable[[float], None]


@dataclass(frozen=True)
class _Outcome:
    """One attempt: its answer if there was one, its JSON if that is whole, else what went wrong."""

    answer: Answer | None = None
    value: dict[str, Any] | None = None
    fault: str = ""


class Calls:
    """Sends one request after the other: PagerDuty asks for serial requests per token."""

    def __init__(
        self, session: Session, *, reserve: float, patience_s: float, sleep: Sleep = time.sleep
    ) -> None:
        self._session = session
        self._reserve = reserve
        self._patience_s = patience_s
        self._sleep = sleep
        self.made = 0
        self.rate_limit: RateLimit | None = None  # as the last answer that told it

    def call(
        self,
        method: str,
        path: str,
        params: dict[str, Any],
        body: Any = None,
        *,
        repeatable: bool = True,
        as_user: str | None = None,
    ) -> dict[str, Any]:
        """The decoded answer; raises PagerDutyRefused for a no, PagerDutyUnavailable after the last attempt.

        A call that is not `repeatable` is sent again only where PagerDuty certainly did nothing: after a 429.
        """
        request = f"{method} /{path.lstrip('/')}"
        sent, waited_s = query(params), 0.0
        for attempt in range(1, ATTEMPTS + 1):
            outcome = self._attempt(lambda: self._session.send(method, path, sent, body, as_user), request)
            if outcome.value is not None:
                return outcome.value
            wait_s = wait_before(attempt + 1, outcome.answer, random.random())  # noqa: S311 - no secret
            again = repeatable or (outcome.answer is not None and outcome.answer.status == 429)
            if not again or attempt == ATTEMPTS or waited_s + wait_s > self._patience_s:
                break
            log.warning("%s: %s; attempt %d follows in %.1f s", request, outcome.fault, attempt + 1, wait_s)
            self._sleep(wait_s)
            waited_s += wait_s
        raise PagerDutyUnavailable(
            f"PagerDuty did not answer {request} usefully, {_times(attempt)} (last: {outcome.fault}); "
            "nothing is lost, run it again later."
        )

    def _attempt(self, send: Callable[[], Answer], request: str) -> _Outcome:
        self.made += 1
        try:
            answer = send()
        except NoAnswerError as error:
            return _Outcome(fault=str(error))
        self.rate_limit = rate_limit(answer) or self.rate_limit
        if answer.status in RETRIED:
            return _Outcome(answer, fault=f"status {answer.status}")
        if answer.status >= 300:
            raise refusal(answer, request)
        value = decoded(answer)
        if value is None:
            return _Outcome(answer, fault="a cut-off answer")
        self._leave_some_to_others(answer)
        return _Outcome(answer, value)

    def _leave_some_to_others(self, answer: Answer) -> None:
        pause_s = pause_after(answer, self._reserve) if self._reserve else 0.0
        if pause_s:
            log.info(
                "less than %.0f %% of the rate limit remains: pausing %.0f s", self._reserve * 100, pause_s
            )
            self._sleep(pause_s)


def _times(attempts: int) -> str:
    return "asked once" if attempts == 1 else f"asked {attempts} times"

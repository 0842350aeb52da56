"""How long to wait: before another attempt, and for the sake of others who share the rate limit."""

from dataclasses import dataclass

from toban.clients.pagerduty.session import Answer

ATTEMPTS = 8
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
LONGEST_RESET_S = 65.0  # the limit counts one minute; anything longer is not believed
RETRIED = frozenset({408, 429, 500, 502, 503, 504})  # 408: PagerDuty's own code 2016, time-out


@dataclass(frozen=True)
class RateLimit:
    """Requests that the token may send in a minute, and how many of them remained."""

    limit: float
    remaining: float


def wait_before(attempt: int, answer: Answer | None, chance: float) -> float:
    """Seconds before attempt number `attempt` (2, 3, …); `chance` in [0, 1) spreads the callers.

    After a 429 that says when the limit resets, that moment counts; PagerDuty may also send one without.
    """
    if answer is not None and answer.status == 429:
        reset = header_number(answer, "ratelimit-reset")
        if reset is not None:
            return min(reset, LONGEST_RESET_S) + chance
    longest: float = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (attempt - 2))
    return longest * (0.5 + chance / 2)


def pause_after(answer: Answer, reserve: float) -> float:
    """Seconds to leave the limit alone when less than the share `reserve` of it remains, else 0."""
    seen = rate_limit(answer)
    if seen is None or seen.remaining >= reserve * seen.limit:
        return 0.0
    return min(header_number(answer, "ratelimit-reset") or 1.0, LONGEST_RESET_S)


def rate_limit(answer: Answer) -> RateLimit | None:
    """What the answer says of the limit; None where it says nothing."""
    limit = header_number(answer, "ratelimit-limit")
    remaining = header_number(answer, "ratelimit-remaining")
    return RateLimit(limit, remaining) if limit and remaining is not None else None


def header_number(answer: Answer, name: str) -> float | None:
    """A header's number of at least 0; None where it is absent or no number."""
    try:
        return max(0.0, float(answer.headers[name]))
    except (KeyError, ValueError):
        return None

"""What the model looks at, as numbers."""

import math

from toban.domain.triage.shares import Share, Shares

NAMES = ("like", "service", "like_count", "low_urgency", "sin_day", "cos_day", "sin_half_day", "cos_half_day")
_DAY_S = 86_400
_PULL = 3  # a share of few is drawn towards the wider one as if so many more had been like that


def features(shares: Shares, at_s: float, *, low: bool) -> tuple[float, ...]:
    """One number for each of NAMES; ``at_s`` is the alert's moment in seconds since 1970, UTC."""
    service = _drawn(shares.service, 0.5)
    like = _drawn(shares.like, service)
    angle = 2 * math.pi * (at_s % _DAY_S) / _DAY_S
    return (
        _odds(like),
        _odds(service),
        math.log1p(shares.like.of),
        float(low),
        math.sin(angle),
        math.cos(angle),
        math.sin(2 * angle),
        math.cos(2 * angle),
    )


def _drawn(share: Share, wider: float) -> float:
    return (share.ended + _PULL * wider) / (share.of + _PULL)


def _odds(share: float) -> float:
    return math.log(share / (1 - share))

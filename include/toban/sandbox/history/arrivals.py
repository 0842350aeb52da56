"""When alerts come: by hour, weekday and week, alone, flapping, and in storms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from math import exp, pi, sin
from random import Random

from toban.sandbox.history.calendar import utc
from toban.sandbox.history.case import Arrival
from toban.sandbox.history.company import Company, Service, Team
from toban.sandbox.history.sources import AlertKind
from toban.sandbox.history.wording import fill

# How alerts spread over the hours of the local day: people deploy and buy by day, batches run by night.
_DAY = (2, 2, 2, 2, 2, 2, 3, 3, 4, 6, 8, 9, 8, 7, 9, 9, 9, 8, 7, 6, 6, 6, 5, 3)
_NIGHT = (9, 10, 10, 9, 8, 8, 7, 6, 5, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 6, 8)
_WEEKEND = 0.6
_NEEDED = 0.45  # the part of all alerts that is no noise, and stays
_NOISE_LEFT = 0.55  # what half a year of tuning leaves of the noise
_FLAP_LENGTH = (3, 8)
_GROUPED_SHARE = {"fault": 0.35, "slow": 0.1, "noise": 0.06, "flap": 0.0}


def arrivals(
    company: Company, rng: Random, since: datetime, until: datetime, turn: datetime, per_day: float
) -> Iterator[Arrival]:
    """Single and flapping alerts in no particular order; noise lessens after `turn`."""
    shares = sum(team.source.share for team in company.teams)
    for day in range((until - since).days + 1):
        for team in company.teams:
            midnight = datetime.combine(
                (since + timedelta(days=day)).astimezone(team.zone).date(), time(), team.zone
            )
            noise = _noise(midnight, turn, day)
            rate = (
                per_day
                * team.source.share
                / shares
                * _rate(midnight, day)
                * (_NEEDED + (1 - _NEEDED) * noise)
            )
            for _ in range(_poisson(rng, rate)):
                first = _one(team, rng, midnight, noise)
                yield from (arrival for arrival in _with_flapping(first, rng) if since <= arrival.at < until)


def _rate(day: datetime, number: int) -> float:
    season = 1 + 0.15 * sin(2 * pi * number / 91)
    month_end = 1.3 if (day + timedelta(days=2)).month != day.month else 1.0  # closing of the month
    return season * month_end * (_WEEKEND if day.weekday() >= 5 else 1.0)


def _noise(day: datetime, turn: datetime, number: int) -> float:
    """Weight of noise: it waves from week to week, and is tuned away step by step after `turn`."""
    wave = 1 + 0.35 * sin(2 * pi * (number // 7) / 9)
    tuned = _NOISE_LEFT + (1 - _NOISE_LEFT) * exp(-max(0.0, (day - turn).days / 60))
    return wave * tuned


def _poisson(rng: Random, rate: float) -> int:
    limit, count, product = exp(-rate), 0, rng.random()
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count


def _one(team: Team, rng: Random, midnight: datetime, noise: float) -> Arrival:
    service = rng.choice(team.services)
    hour = rng.choices(range(24), _NIGHT if service.source.night_work else _DAY)[0]
    at = utc(midnight.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60)))
    weights = [
        kind.weight * (noise if kind.nature in {"noise", "flap"} else 1.0) for kind in service.source.alerts
    ]
    return arrival_of(team, service, rng.choices(service.source.alerts, weights)[0], at, rng)


def arrival_of(team: Team, service: Service, alert: AlertKind, at: datetime, rng: Random) -> Arrival:
    """An alert of this kind on one of the service's hosts, with a deduplication key of its own."""
    host = rng.choice(service.source.hosts)
    title = fill(alert.title, rng, host)
    extra = rng.randint(1, 6) if rng.random() < _GROUPED_SHARE[alert.nature] else 0
    return Arrival(at, team, service, alert, host, title, f"{rng.getrandbits(128):032x}", extra)


def _with_flapping(first: Arrival, rng: Random) -> Iterator[Arrival]:
    """A flapping alert comes again and again within the hour, with the same words."""
    yield first
    if first.alert.nature != "flap":
        return
    at = first.at
    for _ in range(rng.randint(*_FLAP_LENGTH) - 1):
        at += timedelta(seconds=rng.randint(300, 1500))
        yield replace(first, at=at, key=f"{rng.getrandbits(128):032x}")

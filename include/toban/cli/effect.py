"""`toban effect`: did a feature help? The wait from minute k on, before a day and since it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from toban.cli.output import format_option, print_rows
from toban.cli.warehouse_option import settings_if_any, warehouse_option
from toban.clients.warehouse import Warehouse
from toban.domain.effect.nouns import SOON_S, Effect, Interval, Side
from toban.domain.effect.sentence import effect_sentence
from toban.errors import UsageError
from toban.jobs.claims import claims_of
from toban.jobs.compare_effect import compare_effect, first_reminder
from toban.locale import language
from toban.settings import Settings, Team

LONGEST_MINUTE = 1_440
COLUMNS = (
    "period", "n", "acknowledged", "resolved_unacknowledged", "still_open", "without_a_like",
    "median_further_s", "median_low_s", "median_high_s",
    f"share_within_{SOON_S}_s", "share_low", "share_high", "verdict",
)  # fmt: skip


@click.command()
@warehouse_option
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="The day it began; by default improvements_since."
)
@click.option(
    "--minute",
    type=click.IntRange(1, LONGEST_MINUTE),
    help="Unacknowledged so long; by default the team's first reminder, else 3.",
)
@click.option("--team", "team_id", help="Only this team's incidents, by its id in toban.toml.")
@click.option("--service", help="Only this service's incidents, by its name or id.")
@format_option
def command(
    directory: Path,
    since: datetime | None,
    minute: int | None,
    team_id: str | None,
    service: str | None,
    style: str,
) -> None:
    """Did it help? Waits of incidents still unacknowledged at a minute, before a day and since it.

    Compared within the same service and kind of hours, with 95 % intervals; no verdict below 30 on a side.
    """
    settings = settings_if_any()
    team = _team(team_id, settings)
    day = since.date() if since else _day_of(settings)
    with Warehouse(directory).read() as snapshot:
        found = compare_effect(
            snapshot,
            minute=minute or first_reminder(team),
            since=day,
            claims=claims_of(team, settings) if team and settings else None,
            service=service,
        )
    print_rows(COLUMNS, _rows(found), style)
    if style == "table":
        click.echo(f"{effect_sentence(found, language('en'))}.")


def _team(team_id: str | None, settings: Settings | None) -> Team | None:
    if team_id is None:
        return None
    if settings is None:
        raise UsageError(f"--team {team_id} needs toban.toml, which says what the team answers for.")
    return settings.team(team_id)


def _day_of(settings: Settings | None) -> date:
    day = settings.reporting.improvements_since if settings else None
    if day is None:
        raise UsageError(
            "It is not known when the feature began: give --since, or set reporting.improvements_since."
        )
    return day


def _rows(found: Effect) -> list[list[Any]]:
    return [
        _side("before", found.before),
        _side("since", found.after),
        ["change", *[None] * 5, *_change(found), found.verdict.value],
    ]


def _side(period: str, side: Side) -> list[Any]:
    counts = [side.n, side.acknowledged, side.resolved, side.open, side.unmatched]
    return [period, *counts, side.median_s, None, None, side.soon, None, None, None]


def _change(found: Effect) -> list[float | None]:
    """Nothing where there is no interval: a difference without one would be taken for a finding."""
    return [
        *_with_interval(found.before.median_s, found.after.median_s, found.median_change_s),
        *_with_interval(found.before.soon, found.after.soon, found.soon_change),
    ]


def _with_interval(was: float | None, now: float | None, interval: Interval | None) -> list[float | None]:
    if was is None or now is None or interval is None:
        return [None, None, None]
    return [now - was, interval.low, interval.high]

"""`toban triage`: is an alert new, what was like it, does it need somebody, and how often is that right?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from toban.cli.output import format_option, print_rows, to_json
from toban.cli.warehouse_option import settings_if_any, warehouse_in, warehouse_option
from toban.clients.insights.readings import read_precision
from toban.clients.triage.past import service_named
from toban.clients.warehouse import Warehouse
from toban.domain.triage.lines import novelty_line, verdict_line
from toban.domain.triage.nouns import Alike, Asked
from toban.domain.triage.novelty import Novelty
from toban.jobs.triage_alert import Triage, triage_alert
from toban.locale import LANGUAGES, language

SIMILAR = (
    "likeness",
    "number",
    "title",
    "service",
    "created_at",
    "ended_at",
    "minutes",
    "by_itself",
    "needed",
    "handled_by",
    "notes",
)
# What turned out right -> what else is known.
HELD = {
    "by_itself_right": "by_itself_wrong",
    "needs_action_right": "needs_action_wrong",
    "runbooks_helped": "runbooks_wrong",
}
text_option = click.option("--text", required=True, help="The alert's title.")
service_option = click.option("--service", help="The PagerDuty service's id or name.")


@click.group()
def command() -> None:
    """Is an alert new, what was like it, and does it need somebody?"""


@command.command()
@text_option
@service_option
@warehouse_option
@format_option
def similar(text: str, service: str | None, directory: Path, style: str) -> None:
    """Show the five past incidents most like an alert, those of its service first."""
    _, found = _ask(directory, text, service)
    print_rows(SIMILAR, [_row(each, style) for each in found.nearest], style)


@command.command()
@text_option
@service_option
@click.option("--priority", help="As PagerDuty shows it, such as P1.")
@click.option("--low", is_flag=True, help="The incident's urgency is low.")
@click.option("--language", "code", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@warehouse_option
def verdict(
    text: str,
    service: str | None,
    priority: str | None,
    low: bool,
    code: str,
    style: str,
    directory: Path,
) -> None:
    """Say whether an alert needs somebody and whether it is new, with the evidence."""
    asked, found = _ask(directory, text, service, priority=priority, low=low)
    if style == "json":
        click.echo(to_json(_as_json(found)))
        return
    say = language(code)
    for line in (verdict_line(found.judgement, asked, say), novelty_line(found.novelty, say, _zone())):
        click.echo(unescape(line))  # Slack's escapes are not a terminal's


@command.command()
@warehouse_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def train(directory: Path, style: str) -> None:
    """Learn from what became of past incidents; a model that is worse than the one before is refused."""
    from toban.jobs.train_triage import train_triage  # noqa: PLC0415 - numpy is needed for this alone

    trained = train_triage(warehouse_in(directory), datetime.now(UTC))
    if style == "json":
        click.echo(to_json(vars(trained)))
        return
    click.echo(f"{trained.serves or 'No model'} serves: {trained.reason}.")


@command.command()
@warehouse_option
@format_option
def precision(directory: Path, style: str) -> None:
    """Show how often verdicts and runbooks in the threads turned out right, week by week."""
    with Warehouse(directory).read() as snapshot:
        rows = read_precision(snapshot)
    if style == "table":
        print_rows(
            ("week", "verdicts", *HELD, "left_to_people", "runbooks_shown"), [*map(_held, rows)], style
        )
        return
    names = list(rows[0]) if rows else ["week"]
    print_rows(names, [list(row.values()) for row in rows], style)


@command.command()
@click.option(
    "--incidents",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Past incidents, a JSON object a line.",
)
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def evaluate(file: Path, style: str) -> None:
    """Measure verdicts and similar incidents on a history, in time order."""
    from toban.clients.triage.incident_files import read_incidents  # noqa: PLC0415 - the same
    from toban.jobs.evaluate_triage import evaluate_triage  # noqa: PLC0415 - the same

    figures = evaluate_triage(read_incidents(file))
    if style == "json":
        click.echo(to_json(figures))
        return
    print_rows(("figure", "value", "low", "high"), [*_table(figures)], "table")


def _ask(
    directory: Path, text: str, service: str | None, *, priority: str | None = None, low: bool = False
) -> tuple[Asked, Triage]:
    now = datetime.now(UTC)
    with Warehouse(directory).read() as snapshot:
        service_id = service_named(snapshot, service) if service else ""
        asked = Asked(text, service_id, now, low, priority)
        return asked, triage_alert(snapshot, asked, now)


def _row(each: Alike, style: str) -> list[Any]:
    past = each.past
    notes: Sequence[str] | str = [note.text for note in past.notes]
    return [
        each.likeness,
        past.number,
        past.title,
        past.service,
        past.created_at,
        past.ended_at,
        past.took.total_seconds() / 60 if past.took is not None else None,
        past.by_itself,
        past.needed,
        past.handled_by,
        "; ".join(notes) if style == "table" else notes,
    ]


def _held(week: Mapping[str, Any]) -> list[Any]:
    """A week's row for people: each share as the numbers it rests on."""
    shares = [
        f"{week[right]} of {week[right] + week[wrong]}" if week[right] + week[wrong] else None
        for right, wrong in HELD.items()
    ]
    return [week["week"], week["verdicts"], *shares, week["left_to_people"], week["runbooks_shown"]]


def _as_json(found: Triage) -> dict[str, Any]:
    judgement, novelty = found.judgement, found.novelty
    return {
        "verdict": judgement.verdict,
        "reason": judgement.reason,
        "probability": judgement.probability,
        "like_ended": judgement.shares.like.ended,
        "like_of": judgement.shares.like.of,
        "usual_s": judgement.usual,
        "nine_of_ten_within_s": judgement.within,
        "model": judgement.version,
        "template": novelty.template,
        "new": novelty.new,
        "seen": [vars(known) for known in novelty.seen],
        "frequency": novelty.frequency,
        "recent": novelty.recent,
        "recent_of": novelty.of,
        "nearest_template": _nearest(novelty),
        "handled_by": [{"who": who, "share": share} for who, share in found.handlers],
        "similar": [dict(zip(SIMILAR, _row(each, "json"), strict=True)) for each in found.nearest],
    }


def _nearest(novelty: Novelty) -> dict[str, Any] | None:
    if novelty.nearest is None:
        return None
    shared, known = novelty.nearest
    return {"shared": shared, **vars(known)}


def _table(figures: dict[str, Any], before: str = "") -> list[list[Any]]:
    rows: list[list[Any]] = []
    for name, value in figures.items():
        if isinstance(value, dict) and "low" in value:
            rows.append([before + name, *(f"{value[part]:.4f}" for part in ("value", "low", "high"))])
        elif isinstance(value, dict):
            rows += _table(value, f"{before}{name}.")
        else:
            rows.append([before + name, f"{value:.4f}" if isinstance(value, float) else value, "", ""])
    return rows


def _zone() -> ZoneInfo:
    settings = settings_if_any()
    return ZoneInfo(settings.reporting.time_zone if settings else "UTC")

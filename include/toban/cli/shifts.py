"""`toban shifts`: who is on call, the daily announcement and its takeovers by hand."""

from datetime import UTC, datetime

import click

from toban.cli.output import format_option, print_rows
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.announcement.slot import A_DAY
from toban.domain.preview import preview
from toban.errors import UsageError
from toban.jobs.announce_shifts import Action, Result
from toban.jobs.duties import read_plan
from toban.wiring import build, speaking

COLUMNS = ("team", "policy", "level", "person", "since", "until", "schedule")


@click.group()
def command() -> None:
    """Who is on call, the daily announcement, and takeovers since."""


@command.command()
@click.option("--team", "team_id", help="The team's id in toban.toml; by default all.")
@format_option
def now(team_id: str | None, style: str) -> None:
    """Who is on call now, at each level; times are the team's local ones, a gap has no person."""
    settings, at = build.settings(), datetime.now(UTC)
    teams = (settings.team(team_id),) if team_id else settings.teams
    plan = read_plan(build.pagerduty(settings), teams, at - A_DAY, at)
    rows = [row for team in teams for row in _rows(plan.duty(team, at))]
    print_rows(COLUMNS, rows, style)


def _rows(duty: TeamDuty) -> list[list[str | int | None]]:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(duty.zone).isoformat(timespec="minutes") if moment else None

    return [
        [duty.name, each.policy.name, level.number, *found]
        for each in duty.policies
        for level in each.levels
        for found in (
            [[s.person.name, local(s.start), local(s.end), s.schedule_name] for s in level.now]
            or [[None, None, local(level.next[0].start) if level.next else None, None]]
        )
    ]


@command.command()
@click.option("--team", "team_id", required=True, help="The team's id in toban.toml.")
@click.option("--dry-run", is_flag=True, help="Print what would be posted, and post nothing.")
@click.option("--correct", is_flag=True, help="Edit what was posted, with what is true now.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="With --dry-run: another local day, at the announcement's hour.",
)
def announce(team_id: str, dry_run: bool, correct: bool, day: datetime | None) -> None:
    """Announce who is on duty, once a day however often this is called."""
    if dry_run and correct:
        raise UsageError("--dry-run posts nothing and --correct edits: give one of them.")
    if day and not dry_run:
        raise UsageError(f"--date {day:%Y-%m-%d} can only be looked at; add --dry-run.")
    settings = build.settings()
    team = settings.team(team_id)
    at = datetime.combine(day, team.announce_at, team.zone).astimezone(UTC) if day else datetime.now(UTC)
    action: Action = "preview" if dry_run else "correct" if correct else "post"
    result = speaking.announcement(settings, team, at, action)
    if dry_run:
        _show(result)
    else:
        click.echo(result.did)
    for warning in result.warnings:
        click.echo(warning, err=True)


@command.command()
def watch() -> None:
    """Say in the announcements' threads who took over since, once however often this is called."""
    told = speaking.takeovers(build.settings(), datetime.now(UTC))
    click.echo("\n".join(told) or "Nobody took over.")


def _show(result: Result) -> None:
    parts = result.parts
    if parts is None:
        click.echo(result.did)
        return
    texts = [f"{parts.group.key} -> {parts.group.channel}", f"[{parts.message.text}]", preview(parts.message)]
    texts += [preview(reply) for reply in parts.thread.values()]
    click.echo("\n\n".join(texts))

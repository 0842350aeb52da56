"""`toban runbooks`: which runbook belongs to an alert, and which ones deserve a look."""

from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import click

from toban.cli.output import format_option, print_rows
from toban.cli.warehouse_option import settings_if_any, warehouse_option
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_patterns import compile_pattern
from toban.clients.warehouse import Warehouse
from toban.domain.runbooks.header import SEVERITIES
from toban.domain.runbooks.matching import match as runbooks_for
from toban.domain.runbooks.nouns import AlertText, RunbookMatch
from toban.domain.runbooks.words import address, explained
from toban.jobs.check_runbooks import check_runbooks
from toban.locale import LANGUAGES, language
from toban.settings import RunbookSettings

PROBLEM = ("file", "line", "level", "kind", "text")
MATCH = ("runbook", "title", "reasons", "first_step", "file", "url")


def _configured() -> RunbookSettings:
    settings = settings_if_any()
    return settings.runbooks if settings else RunbookSettings()


runbooks_option = click.option(
    "--runbooks",
    "shelf",
    type=click.Path(path_type=Path),
    default=lambda: _configured().directory,
    help="The runbooks' directory; by default what toban.toml says, else runbooks.",
)


@click.group()
def command() -> None:
    """Which runbook belongs to an alert, and which ones deserve a look."""


@command.command()
@runbooks_option
@warehouse_option
@format_option
def check(shelf: Path, directory: Path, style: str) -> None:
    """Find invalid, ambiguous, stale, unused and untranslated runbooks; exit code 1 when there is an error.

    What really fired is asked of the warehouse's last 90 days, where there is a snapshot.
    """
    found, now = load_runbooks(shelf, compile_pattern), datetime.now(UTC)
    problems = check_runbooks(found, Warehouse(directory), now, _configured().stale_after_days)
    errors = sum(problem.level == "error" for problem in problems)
    if problems or style != "table":
        print_rows(PROBLEM, [astuple(problem) for problem in problems], style)
    told = f"{len(found.runbooks)} usable runbooks, {errors} errors, {len(problems) - errors} warnings."
    click.echo(told, err=True)
    if errors:
        raise click.exceptions.Exit(1)


@command.command()
@click.option("--text", required=True, help="The alert's title; further lines are its details.")
@click.option("--service", help="The PagerDuty service's id or name.")
@click.option("--tool", help="The monitoring tool, such as Datadog.")
@click.option("--severity", type=click.Choice(SEVERITIES))
@click.option("--language", "code", type=click.Choice(LANGUAGES), default="en", show_default=True)
@runbooks_option
@format_option
def match(
    text: str, service: str | None, tool: str | None, severity: str | None, code: str, shelf: Path, style: str
) -> None:
    """Say which runbooks belong to an alert, most specific first, and why."""
    title, _, body = text.partition("\n")
    alert = AlertText(title, body, service_name=service, tool=tool, severity=severity)
    found = load_runbooks(shelf, compile_pattern)
    matches = runbooks_for(alert, found.runbooks)
    if matches or style != "table":
        print_rows(MATCH, [_row(each, code, style) for each in matches], style)
    else:
        click.echo("No runbook has a rule that this alert meets.")
    if found.problems:
        click.echo("Not every file could be used; toban runbooks check says why.", err=True)


def _row(found: RunbookMatch, code: str, style: str) -> list[object]:
    version = found.runbook.version(code)
    why = [explained(reason, language(code)) for reason in found.reasons]
    reasons = ", ".join(why) if style == "table" else why
    url = address(found.runbook, code, _configured().url)
    return [found.runbook.id, version.title, reasons, version.first_step, version.file, url]

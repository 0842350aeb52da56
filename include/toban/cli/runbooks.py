"""`toban runbooks`: which runbook belongs to an alert, and which ones deserve a look."""

from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import click

from toban.cli import runbook_coverage, runbook_draft, runbook_search
from toban.cli.output import format_option, print_rows
from toban.cli.runbooks_option import configured, runbooks_option
from toban.cli.warehouse_option import warehouse_option
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_patterns import compile_pattern
from toban.clients.warehouse import Warehouse
from toban.jobs.check_runbooks import check_runbooks

PROBLEM = ("file", "line", "level", "kind", "text")


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
    problems = check_runbooks(found, Warehouse(directory), now, configured().stale_after_days)
    errors = sum(problem.level == "error" for problem in problems)
    if problems or style != "table":
        print_rows(PROBLEM, [astuple(problem) for problem in problems], style)
    told = f"{len(found.runbooks)} usable runbooks, {errors} errors, {len(problems) - errors} warnings."
    click.echo(told, err=True)
    if errors:
        raise click.exceptions.Exit(1)


command.add_command(runbook_search.match)
command.add_command(runbook_search.evaluate)
command.add_command(runbook_draft.draft)
command.add_command(runbook_coverage.coverage)

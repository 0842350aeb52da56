"""`toban runbooks match` and `evaluate`: which runbook belongs to an alert, and how often that is right."""

from collections.abc import Sequence
from pathlib import Path

import click

from toban.cli.output import format_option, print_rows, to_json
from toban.cli.runbooks_option import configured, existing, runbooks_option
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_index import read_index
from toban.clients.runbook_pairs import read_runbook_pairs
from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks.header import SEVERITIES
from toban.domain.runbooks.matching import match as matches_of
from toban.domain.runbooks.nouns import AlertText, RunbookMatch, RunbookShelf
from toban.domain.runbooks.search.evaluation import Pair, remembered
from toban.domain.runbooks.search.evaluation import evaluate as figures_of
from toban.domain.runbooks.search.finding import Found, Library, find
from toban.domain.runbooks.search.memory import Memory
from toban.domain.runbooks.words import address, explained, explained_find
from toban.locale import LANGUAGES, language

MATCH = ("runbook", "title", "reasons", "confidence", "first_step", "file", "url")
MEASURED = ("granularity", "n", "hit_at_1", "hit_at_3", "mrr")
pairs_file = click.Path(exists=True, dir_okay=False, path_type=Path)
confirmed_option = click.option(
    "--confirmed",
    type=pairs_file,
    help="Pairs that people have confirmed, as JSON Lines such as evaluate reads.",
)


@click.command()
@click.option("--text", required=True, help="The alert's title; further lines are its details.")
@click.option("--service", help="The PagerDuty service's id or name.")
@click.option("--tool", help="The monitoring tool, such as Datadog.")
@click.option("--severity", type=click.Choice(SEVERITIES))
@click.option("--language", "code", type=click.Choice(LANGUAGES), default="en", show_default=True)
@confirmed_option
@runbooks_option
@format_option
def match(
    text: str,
    service: str | None,
    tool: str | None,
    severity: str | None,
    code: str,
    confirmed: Path | None,
    shelf: Path,
    style: str,
) -> None:
    """Say which runbooks belong to an alert, best first, and why.

    Rules that people wrote win; where none is met, the runbooks' text and confirmed pairs decide, if sure.
    """
    title, _, body = text.partition("\n")
    alert = AlertText(title, body, service_name=service, tool=tool, severity=severity)
    read = load_runbooks(existing(shelf), compile_pattern)
    matched = matches_of(alert, read.runbooks)
    if matched:
        rows = [_matched(each, code, style) for each in matched]
    else:
        library = _library(shelf, read, _pairs(confirmed))
        rows = [_found(each, code, style) for each in find(alert, library, code)]
    if rows or style != "table":
        print_rows(MATCH, rows, style)
    else:
        click.echo("No runbook fits: no rule is met, and no text is enough like this alert's.")
    if read.problems:
        click.echo("Not every file could be used by its rules; toban runbooks check says why.", err=True)


@click.command()
@click.option("--pairs", type=pairs_file, required=True, help="Alerts with their right runbooks, one a line.")
@confirmed_option
@click.option("--without-name", is_flag=True, help="Leave the alerts' names out: their text alone counts.")
@runbooks_option
@format_option
def evaluate(pairs: Path, confirmed: Path | None, without_name: bool, shelf: Path, style: str) -> None:
    """Measure how often the right runbook comes first, or among three, for known pairs.

    Of the confirmed pairs those of the alert itself are left out each time.
    """
    index, known = read_index(existing(shelf)), read_runbook_pairs(pairs)
    lost = sum(index.ids.isdisjoint(pair.right) for pair in known)
    if lost:
        told = f"{lost} of {len(known)} pairs name no runbook that is in {shelf}; they count as not found."
        click.echo(told, err=True)
    figures = figures_of(
        known,
        index,
        load_runbooks(shelf).runbooks,
        _pairs(confirmed),
        named=not without_name,
    )
    if style == "json":
        click.echo(to_json(figures))
        return
    rows = [[name, *(found[key] for key in MEASURED[1:])] for name, found in figures.items()]
    print_rows(MEASURED, rows, style)


def _pairs(confirmed: Path | None) -> Sequence[Pair]:
    return read_runbook_pairs(confirmed) if confirmed else ()


def _library(directory: Path, read: RunbookShelf, confirmed: Sequence[Pair]) -> Library:
    memory = Memory(remembered(confirmed, named=True))
    return Library(read.runbooks, read_index(directory), memory)


def _matched(each: RunbookMatch, code: str, style: str) -> list[object]:
    version = each.runbook.version(code)
    why = [explained(reason, language(code)) for reason in each.reasons]
    url = address(version.file, configured().url)
    return [each.runbook.id, version.title, _shown(why, style), 1.0, version.first_step, version.file, url]


def _found(each: Found, code: str, style: str) -> list[object]:
    page = each.page
    why = _shown(explained_find(each, language(code)), style)
    sure, url = round(each.confidence, 2), address(page.file, configured().url)
    return [page.id, page.title, why, sure, page.first_step, page.file, url]


def _shown(why: list[str], style: str) -> object:
    return ", ".join(why) if style == "table" else why

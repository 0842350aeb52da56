"""`toban runbooks draft`: a first version of a runbook that is missing, for people to review."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from toban.cli.runbooks_option import existing, runbooks_option
from toban.cli.warehouse_option import settings_if_any, warehouse_option
from toban.clients.runbook_draft_data import template_of
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_index import read_index
from toban.clients.warehouse import Warehouse
from toban.domain.runbooks.drafts.writing import draft as written
from toban.domain.runbooks.search.finding import Library
from toban.domain.runbooks.search.memory import Memory
from toban.domain.triage.template import template as template_in
from toban.errors import UsageError
from toban.jobs.draft_runbook import draft_runbook
from toban.locale import LANGUAGES, language


@click.command()
@click.option("--template", "text", help="The alert's template, or its title.")
@click.option("--incident", help="An incident of it, by its id or number.")
@click.option("--language", "code", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, which must not exist; by default it is printed.",
)
@runbooks_option
@warehouse_option
def draft(
    text: str | None, incident: str | None, code: str, output: Path | None, shelf: Path, directory: Path
) -> None:
    """Draft a runbook for an alert that came before and has none, from what is known of its incidents.

    Its head says draft: true, so that no alert is given it before somebody has reviewed it.
    """
    if (text is None) == (incident is None):
        raise UsageError("Say which alert: either --template or --incident.")
    library = Library(load_runbooks(existing(shelf)).runbooks, read_index(shelf), Memory(()))
    with Warehouse(directory).read() as snapshot:
        name = template_of(snapshot, incident) if incident is not None else template_in(text or "")
        material = draft_runbook(snapshot, name, library, datetime.now(UTC))
    _give(written(material, language(code), _zone()).text(), output)


def _give(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{output} exists; name a file that does not, so that nothing is lost.") from None
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}).") from None
    click.echo(f"Draft in {output}; review it before it serves.", err=True)


def _zone() -> ZoneInfo:
    settings = settings_if_any()
    return ZoneInfo(settings.reporting.time_zone if settings else "UTC")

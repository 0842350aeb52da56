"""`toban doctor`: is everything well, and what to do where it is not?"""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from toban.cli.findings import exit_by, print_findings

PATIENCE_S = 10.0  # somebody is waiting: a system that does not answer is itself the finding


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> None:
    """Check tokens, scopes, channels, people, schedules, time, warehouse and ledger.

    Exit code 1 when something will fail; what merely deserves a look does not count.
    """
    from toban.jobs.doctor import Patients, doctor  # noqa: PLC0415 - the command line starts without it
    from toban.wiring import build, buttons, receivers  # noqa: PLC0415 - the same
    from toban.wiring.access import intake_keys  # noqa: PLC0415 - the same

    settings = build.settings()
    patients = Patients(
        pagerduty=lambda: build.pagerduty(settings, patience_s=PATIENCE_S),
        slack=build.slack,
        warehouse=lambda: build.warehouse(settings),
        ledger=build.ledger,
        signing_secret=buttons.signing_secret,
        open_socket=buttons.open_socket,
        intake_keys=intake_keys,
        webhook_secrets=receivers.webhook_secrets,
    )
    found = list(doctor(settings, patients, build.warehouse_directory(settings), datetime.now(UTC)))
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        print_findings(found)
    exit_by(found)

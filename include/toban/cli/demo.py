"""`toban demo`: everything on this machine."""

from pathlib import Path

import click

from toban.cli.sandbox import PORT
from toban.errors import TobanError


@click.command()
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path(".demo"), help="Where it keeps its data."
)
@click.option("--airflow-port", type=PORT, default=8080, show_default=True)
@click.option("--pagerduty-port", type=PORT, default=8081, show_default=True)
@click.option("--slack-port", type=PORT, default=8082, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another number invents another company."
)
def command(folder: Path, airflow_port: int, pagerduty_port: int, slack_port: int, seed: int) -> None:
    """Start Airflow, a local PagerDuty and a local Slack on loopback, until Ctrl-C.

    A second start continues where the first ended; remove the folder to begin anew.
    """
    try:
        from toban.demo import DemoPlan, run_demo  # noqa: PLC0415 - it needs packages that Toban does not
    except ModuleNotFoundError as error:
        raise TobanError(
            f"The package {error.name} is not installed; `make demo` installs everything first."
        ) from None

    run_demo(
        DemoPlan(
            folder=folder.resolve(),
            checkout=Path.cwd(),
            airflow_port=airflow_port,
            pagerduty_port=pagerduty_port,
            slack_port=slack_port,
            seed=seed,
            say=click.echo,
        )
    )

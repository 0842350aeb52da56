"""`toban sandbox`: a local PagerDuty and a local Slack."""

from pathlib import Path

import click

from toban.errors import UsageError


@click.command()
@click.option(
    "--history", type=click.Path(path_type=Path), help="JSON Lines to load; else a year is generated."
)
@click.option("--pagerduty-port", type=int, default=8081, show_default=True)
@click.option("--slack-port", type=int, default=8082, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another number invents another company."
)
@click.option(
    "--state", type=click.Path(path_type=Path), help="Keep what happens here, and continue from it."
)
def command(
    history: Path | None, pagerduty_port: int, slack_port: int, seed: int, state: Path | None
) -> None:
    """Serve both over HTTP on loopback until Ctrl-C, each with a page for people.

    Any token is accepted. Nothing leaves this machine.
    """
    from toban.sandbox.history import HistoryError  # noqa: PLC0415 - the command line starts without it
    from toban.sandbox.serve import serve  # noqa: PLC0415 - the same

    click.echo(
        f"PagerDuty: http://127.0.0.1:{pagerduty_port}   Slack: http://127.0.0.1:{slack_port}", err=True
    )
    try:
        serve(history, pagerduty_port=pagerduty_port, slack_port=slack_port, seed=seed, state_dir=state)
    except HistoryError as error:
        raise UsageError(str(error)) from None
    except FileNotFoundError:
        raise UsageError(f"{history} does not exist; give a history in JSON Lines, or none.") from None

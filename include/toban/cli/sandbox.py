"""`toban sandbox`: a local PagerDuty and a local Slack."""

from pathlib import Path

import click

from toban.errors import TobanError, UsageError

PORT = click.IntRange(1, 65_535)


@click.command()
@click.option(
    "--history", type=click.Path(path_type=Path), help="JSON Lines to load; else a year is generated."
)
@click.option("--pagerduty-port", type=PORT, default=8081, show_default=True)
@click.option("--slack-port", type=PORT, default=8082, show_default=True)
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
    from toban.sandbox.serve import PortError, serve  # noqa: PLC0415 - the same

    addresses = f"PagerDuty: http://127.0.0.1:{pagerduty_port}   Slack: http://127.0.0.1:{slack_port}"
    try:
        serve(
            history,
            pagerduty_port=pagerduty_port,
            slack_port=slack_port,
            seed=seed,
            state_dir=state,
            ready=lambda: click.echo(addresses, err=True),
        )
    except HistoryError as error:
        raise UsageError(str(error)) from None
    except PortError as error:
        raise TobanError(str(error)) from None
    except OSError as error:
        raise UsageError(
            f"{error.filename} cannot be used ({error.strerror}); give a history in JSON Lines, or none."
        ) from None

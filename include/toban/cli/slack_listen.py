"""`toban slack-listen`: Slack's buttons by Socket Mode, without any public address."""

import signal
import threading
from types import FrameType

import click


@click.command()
def command() -> None:
    """Take what people press in Slack until Ctrl-C; a pass carries it out, at most a minute later.

    With TOBAN_AIRFLOW_USER and TOBAN_AIRFLOW_PASSWORD a pass is woken at once.
    """
    from toban.wiring import build, from_outside, slack_listen  # noqa: PLC0415 - the command line starts without it

    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    settings = build.settings()
    if from_outside.missing_access(settings):
        click.echo("toban: no login for Airflow is set: presses wait for the pass of each minute.", err=True)
    click.echo("Listening to Slack.")
    slack_listen.slack_listen(settings, stop)
    click.echo("Stopped.")

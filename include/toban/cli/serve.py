"""`toban serve`: the receivers alone, where Airflow's web server cannot be reached from outside."""

import socket

import click

from toban.cli.sandbox import PORT
from toban.errors import TobanError


@click.command()
@click.option("--port", type=PORT, default=8090, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def command(port: int, host: str) -> None:
    """Receive webhooks until Ctrl-C, and wake Airflow's runs through its REST API.

    Put a reverse proxy that speaks HTTPS in front of it.
    """
    import uvicorn  # noqa: PLC0415 - the command line starts without it

    from toban.wiring import build, receivers  # noqa: PLC0415 - the same

    app = receivers.alone(build.settings())
    if not receivers.webhook_secrets():
        click.echo(f"toban: {receivers.SECRET} is not set: PagerDuty's webhooks are answered 503.", err=True)
    # Strangers choose the paths, so they are not logged; what goes wrong is.
    told = uvicorn.Config(app, access_log=False, server_header=False, log_level="warning")
    with _listener(host, port) as listener:
        click.echo(f"Receiving on http://{host}:{port}/pagerduty")
        server = uvicorn.Server(told)
        server.run([listener])
    if server.started:
        raise KeyboardInterrupt  # a signal alone ends it, which uvicorn does not pass on each time


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = str(error.strerror).split(" (")[0]  # after it, Python repeats the address
        raise TobanError(
            f"Port {port} of {host} cannot be listened on ({why}); give --port or --host."
        ) from None

"""`toban webhooks`: PagerDuty's subscription that wakes alerts."""

import click

from toban.cli.findings import exit_by, print_findings
from toban.clients.pagerduty.webhook_subscriptions import WebhookSubscriptions
from toban.jobs import webhooks
from toban.jobs.examinations.receivers import examine_receivers
from toban.wiring import build, receivers


@click.group()
def command() -> None:
    """PagerDuty's subscription that wakes alerts at once; it sends to receivers.public_url + /pagerduty.

    install and remove need a token that may write.
    """


@command.command()
def install() -> None:
    """Let PagerDuty send there; prints the secret once, when it is made. Repeating it changes nothing."""
    settings = build.settings()
    address = webhooks.receiver_address(settings)
    installed = webhooks.install(WebhookSubscriptions(build.pagerduty(settings)), address)
    click.echo(f"{installed.subscription_id} sends incidents to {address}: {installed.did}.")
    if installed.secret:
        click.echo(installed.secret)
        click.echo(
            "The line above is its secret, which PagerDuty shows only now. Put it into the password of the "
            f"Airflow connection {receivers.CONNECTION}, or into {receivers.SECRET}.",
            err=True,
        )


@command.command()
@click.option("--enable", is_flag=True, help="Enable it again where PagerDuty disabled it.")
def check(enable: bool) -> None:
    """Say whether PagerDuty sends everything needed; exit code 1 where it does not."""
    settings = build.settings()
    webhooks.receiver_address(settings)
    subscriptions = WebhookSubscriptions(build.pagerduty(settings))
    found = list(examine_receivers(subscriptions, settings, receivers.webhook_secrets, enable=enable))
    print_findings(found)
    exit_by(found)


@command.command()
def remove() -> None:
    """Let PagerDuty send nothing there any more; each minute's pass still notices alerts."""
    settings = build.settings()
    address = webhooks.receiver_address(settings)
    removed = webhooks.remove(WebhookSubscriptions(build.pagerduty(settings)), address)
    click.echo(f"Removed {', '.join(removed)}." if removed else f"PagerDuty sends nothing to {address}.")

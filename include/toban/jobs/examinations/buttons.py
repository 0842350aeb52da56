"""Do presses of Slack's buttons arrive, in the way that toban.toml says?"""

from collections.abc import Callable, Iterator

from toban.domain.findings import Finding, bad, good
from toban.errors import SettingsError, SlackRefused
from toban.settings import Settings

SUBJECT = "Slack buttons"


def examine_buttons(
    settings: Settings, signing_secret: Callable[[], str | None], open_socket: Callable[[], None]
) -> Iterator[Finding]:
    """What the way needs: an address and the signing secret, or an app-level token; off needs nothing."""
    if settings.slack.buttons == "http":
        yield from _examine_http(settings, signing_secret)
    elif settings.slack.buttons == "socket":
        yield _examine_socket(open_socket)


def _examine_http(settings: Settings, signing_secret: Callable[[], str | None]) -> Iterator[Finding]:
    if not signing_secret():
        yield bad(
            SUBJECT,
            "the signing secret is missing: every press is answered 503",
            "Set TOBAN_SLACK_SIGNING_SECRET, or the password of the Airflow connection toban_slack_signing.",
        )
    if settings.receivers.public_url is None:
        yield bad(
            SUBJECT,
            "receivers.public_url is missing: Slack has no address to send presses to",
            'Set it, or slack.buttons = "socket", which needs none.',
        )
    elif signing_secret():
        yield good(SUBJECT, f"arrive at {settings.receivers.public_url.rstrip('/')}/slack, signed")


def _examine_socket(open_socket: Callable[[], None]) -> Finding:
    try:
        open_socket()
    except (SlackRefused, SettingsError) as error:
        return bad(SUBJECT, str(error), "Socket Mode cannot begin before.")
    return good(SUBJECT, "the app-level token opens a socket; `toban slack-listen` must run")

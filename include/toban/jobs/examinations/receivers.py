"""How alerts are noticed: by PagerDuty's webhooks at once, or by each minute's pass alone."""

from collections.abc import Callable, Generator, Iterator, Sequence

from toban.clients.pagerduty.webhook_subscriptions import Subscription, WebhookSubscriptions
from toban.domain.findings import Finding, bad, good, look
from toban.errors import PagerDutyRefused
from toban.jobs.webhooks import EVENTS, is_whole, receiver_address
from toban.settings import Settings

SUBJECT = "webhooks"
INSTALL = "Run `toban webhooks install`."


def examine_receivers(
    subscriptions: WebhookSubscriptions,
    settings: Settings,
    secrets: Callable[[], Sequence[str]],
    *,
    enable: bool,
) -> Generator[Finding, None, None]:
    """Which way is in force; with ``enable``, a subscription that PagerDuty disabled is enabled again."""
    if settings.receivers.public_url is None:
        yield good(SUBJECT, "none (no receivers.public_url): each minute's pass notices alerts")
        return
    address = receiver_address(settings)
    if not address.startswith("https://"):
        yield look(SUBJECT, f"{address} is not encrypted on its way", "Give PagerDuty an https:// address.")
    if not secrets():
        yield bad(
            SUBJECT,
            "no secret is known here: PagerDuty's webhooks are answered 503",
            "Put the secret into the password of the Airflow connection toban_pagerduty_webhook, or set "
            "TOBAN_PAGERDUTY_WEBHOOK_SECRET.",
        )
    yield from examine_subscription(subscriptions, address, enable=enable)


def examine_subscription(
    subscriptions: WebhookSubscriptions, address: str, *, enable: bool
) -> Iterator[Finding]:
    """Whether PagerDuty sends everything needed there."""
    found = subscriptions.at(address)
    if not found:
        yield bad(SUBJECT, f"PagerDuty sends nothing to {address}", INSTALL)
        return
    if len(found) > 1:
        others = ", ".join(each.id for each in found[1:])
        yield look(
            SUBJECT,
            f"{len(found)} subscriptions send everything to {address}",
            f"Delete {others} in PagerDuty, Integrations, Generic Webhooks (v3).",
        )
    yield _state(subscriptions, found[0], enable=enable)


def _state(subscriptions: WebhookSubscriptions, found: Subscription, *, enable: bool) -> Finding:
    if found.disabled:
        return _disabled(subscriptions, found, enable=enable)
    if not found.active:
        return bad(SUBJECT, f"{found.id} is switched off in PagerDuty", INSTALL)
    if not is_whole(found):
        missing = ", ".join(sorted(EVENTS - found.events)) or "some services or teams"
        return look(SUBJECT, f"{found.id} leaves out {missing}", INSTALL)
    return good(SUBJECT, f"{found.id} sends incidents to {found.address}: alerts are noticed at once")


def _disabled(subscriptions: WebhookSubscriptions, found: Subscription, *, enable: bool) -> Finding:
    why = f"PagerDuty had disabled {found.id} for a day: three webhooks in a row were not taken"
    remedy = "Look whether the address is reachable from outside and the secret is the right one."
    if not enable:
        return bad(SUBJECT, why, f"{remedy} Then run `toban webhooks check --enable`.")
    try:
        subscriptions.enable(found)
    except PagerDutyRefused as error:
        return bad(SUBJECT, f"{why}; {error}", "Enable it with a token that may write, or in PagerDuty.")
    return look(SUBJECT, f"{why}; it is enabled again", remedy)

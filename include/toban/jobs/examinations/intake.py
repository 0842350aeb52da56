"""Can monitoring tools hand their alerts in, and does PagerDuty take them?"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from toban.clients.ledger import Ledger
from toban.clients.ledger.outbox import Standing
from toban.domain.findings import Finding, bad, good, look
from toban.domain.intake import Keys, confirmation_note
from toban.errors import TobanError
from toban.settings import Settings
from toban.settings.intake import IntakeSettings

LATE = timedelta(minutes=5)  # five passes that could have sent it
SNS_WAITS = timedelta(days=3)  # then its address is worth nothing, and AWS must be asked for another


def examine_intakes(
    settings: Settings, keys: Callable[[str], Keys], open_ledger: Callable[[], Ledger], now: datetime
) -> Iterator[Finding]:
    """Each intake's secrets, what waits, what was refused; nothing where no intake is configured."""
    if not settings.intake:
        return
    ledger = open_ledger()
    standings = {standing.intake: standing for standing in ledger.outbox.standings()}
    for intake in settings.intake:
        yield from _examine(intake, keys, standings.pop(intake.id, None), now)
        yield from _confirmation(intake, ledger, now)
    for standing in standings.values():
        if standing.waiting:
            text = f"{standing.waiting} events wait, and toban.toml no longer names this intake"
            yield look(f"intake {standing.intake}", text, "Name it again until they are sent.")


def _examine(
    intake: IntakeSettings, keys: Callable[[str], Keys], standing: Standing | None, now: datetime
) -> Iterator[Finding]:
    subject = f"intake {intake.id}"
    missing = list(_missing(intake, keys))
    yield from (bad(subject, text, remedy) for text, remedy in missing)
    troubles = list(_troubles(standing, now)) if standing else []
    yield from (look(subject, text, remedy) for text, remedy in troubles)
    if not missing and not troubles:
        last = (
            f"the last alert came {standing.last_received_at:%Y-%m-%d %H:%M} UTC"
            if standing
            else "no alert yet"
        )
        yield good(subject, f"{intake.tool}: token and routing key are there; {last}")


def _missing(intake: IntakeSettings, keys: Callable[[str], Keys]) -> Iterator[tuple[str, str]]:
    name = f"TOBAN_INTAKE_{intake.id.upper().replace('-', '_')}"
    connection = f"the Airflow connection toban_intake_{intake.id}"
    try:
        found = keys(intake.id)
    except TobanError as error:
        yield str(error), f"Set {name}_TOKEN and {name}_ROUTING_KEY, or mend {connection}."
        return
    if not found.token:
        yield (
            "no token: whatever the tool sends is answered 503",
            f"Set {name}_TOKEN, or the password of {connection}.",
        )
    if not found.routing_key:
        remedy = f'Set {name}_ROUTING_KEY, or "routing_key" in the extra of {connection}.'
        yield "no routing key: events are kept and not sent", remedy


def _troubles(standing: Standing, now: datetime) -> Iterator[tuple[str, str]]:
    if standing.refused:
        text = f"PagerDuty refused {standing.refused} events of the last 7 days: {standing.reason}"
        yield text, "Compare the routing key with that of the service's Events API v2 integration."
    since = standing.waiting_since
    if since is not None and now - since > LATE:
        text = f"{standing.waiting} events wait, the oldest since {since:%Y-%m-%d %H:%M} UTC"
        yield text, "Look at the last runs of toban_handle_alerts, and at status.pagerduty.com."


def _confirmation(intake: IntakeSettings, ledger: Ledger, now: datetime) -> Iterator[Finding]:
    note = ledger.notes.read(confirmation_note(intake.id)) if intake.tool == "cloudwatch" else None
    if not note:
        return
    asked_at = datetime.fromisoformat(note["at"])
    heard = [each.last_received_at for each in ledger.outbox.standings() if each.intake == intake.id]
    if now - asked_at < SNS_WAITS and not any(moment > asked_at for moment in heard):
        text = f"SNS has asked to send alerts here, {asked_at:%Y-%m-%d %H:%M} UTC"
        yield look(f"intake {intake.id}", text, f"If you subscribed it, open {note['address']}")

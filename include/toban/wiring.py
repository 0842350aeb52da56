"""The composition root: settings, connections and the environment become clients.

Inside Airflow a secret comes from a connection (`pagerduty_default`, `slack_api_default`,
`toban_ledger`); by hand it comes from the environment. A connection's password is the token and its
host the address, where it differs from the real one. This is the one module of the package that knows
Airflow.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Warehouse
from toban.errors import SettingsError
from toban.settings import Settings, load_settings, settings_path

PAGERDUTY, SLACK, LEDGER = "pagerduty_default", "slack_api_default", "toban_ledger"
SLACK_URL = "https://slack.com/api/"
SYNC_RESERVE = 0.4  # alerts may use the whole rate limit, reading history only this much less


@dataclass(frozen=True)
class Access:
    """A secret and the address it is for; never shown."""

    secret: str
    url: str | None

    def __repr__(self) -> str:
        return f"Access(url={self.url!r})"


def settings() -> Settings:
    """The settings of this installation; raises SettingsError."""
    return load_settings(settings_path())


def warehouse(configured: Settings) -> Warehouse:
    """The warehouse in `TOBAN_WAREHOUSE`, else where the settings say."""
    return Warehouse(Path(os.environ.get("TOBAN_WAREHOUSE", configured.warehouse.directory)))


def pagerduty(configured: Settings, *, reserve: float = 0.0) -> PagerDuty:
    """PagerDuty; `reserve` is the share of the rate limit left to others."""
    access = _access("TOBAN_PAGERDUTY", PAGERDUTY)
    url = access.url or configured.pagerduty.api_url
    return PagerDuty(access.secret, url, from_email=configured.pagerduty.from_email, reserve=reserve)


def slack() -> Slack:
    """Slack, as the bot whose token the connection holds."""
    access = _access("TOBAN_SLACK", SLACK)
    return Slack(access.secret, access.url or SLACK_URL)


def ledger() -> Ledger:
    """The ledger, its tables up to date."""
    url = os.environ.get("TOBAN_LEDGER_URL") or _connection_uri(LEDGER)
    if not url:
        raise SettingsError(
            f"There is no ledger: create the Airflow connection {LEDGER}, or set TOBAN_LEDGER_URL "
            "(for one machine: sqlite:////absolute/path/ledger.db)."
        )
    book = Ledger(url)
    book.migrate()
    return book


def messenger(on: Slack) -> Messenger:
    """Exactly-once posting over that Slack and the ledger."""
    return Messenger(ledger(), on)


def people(configured: Settings, on: Slack) -> SlackPeople:
    """PagerDuty's people as Slack's."""
    return SlackPeople(on, configured.slack.user_overrides)


def _access(prefix: str, connection_id: str) -> Access:
    token = os.environ.get(f"{prefix}_TOKEN")
    if token:
        return Access(token, os.environ.get(f"{prefix}_URL"))
    found = _connection(connection_id)
    if found is None or not found.password:
        raise SettingsError(
            f"There is no token: put it into the password of the Airflow connection {connection_id}, "
            f"or set {prefix}_TOKEN."
        )
    return Access(found.password, os.environ.get(f"{prefix}_URL") or _address(found))


def _address(found: "_Connection") -> str | None:
    if not found.host:
        return None
    if found.host.startswith(("http://", "https://")):
        return found.host if not found.port else f"{found.host.rstrip('/')}:{found.port}"
    return f"{found.schema or 'https'}://{found.host}" + (f":{found.port}" if found.port else "")


@dataclass(frozen=True)
class _Connection:
    host: str | None
    port: int | None
    schema: str | None
    password: str | None
    uri: str


def _connection_uri(connection_id: str) -> str | None:
    found = _connection(connection_id)
    # Airflow writes postgres://, which SQLAlchemy no longer takes.
    return found.uri.replace("postgres://", "postgresql://", 1) if found else None


def _connection(connection_id: str) -> _Connection | None:
    """The Airflow connection of that name; None outside Airflow or where there is none."""
    if "AIRFLOW_HOME" not in os.environ and "AIRFLOW__CORE__EXECUTION_API_SERVER_URL" not in os.environ:
        return None
    from airflow.sdk import Connection  # noqa: PLC0415 - a second to import, and absent outside Airflow
    from airflow.sdk.exceptions import AirflowRuntimeError  # noqa: PLC0415 - the same
    from airflow.sdk.exceptions import AirflowNotFoundException  # noqa: PLC0415 - the same

    try:
        found = Connection.get(connection_id)
    except (AirflowNotFoundException, AirflowRuntimeError):
        return None
    return _Connection(found.host, found.port, found.schema, found.password, found.get_uri())

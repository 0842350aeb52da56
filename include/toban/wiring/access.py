"""Where secrets come from: an Airflow connection inside Airflow, the environment anywhere.

A connection's password is the token; its host is the address, where that differs from the real one.
This is the one module of the package that imports airflow.
"""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from toban.errors import SettingsError


@dataclass(frozen=True, repr=False)
class Access:
    """A secret and the address it is for (None: the usual one); never shown."""

    secret: str
    url: str | None


def access(prefix: str, connection_id: str) -> Access:
    """The secret from ``<prefix>_TOKEN``, else from that Airflow connection; raises SettingsError."""
    token, url = os.environ.get(f"{prefix}_TOKEN"), os.environ.get(f"{prefix}_URL")
    if token:
        return Access(token, url)
    found = _connection(connection_id)
    if found is None or not found.password:
        raise SettingsError(
            f"There is no token: put it into the password of the Airflow connection {connection_id}, "
            f"or set {prefix}_TOKEN."
        )
    return Access(found.password, url or _address(found))


def ledger_url(connection_id: str) -> str:
    """`TOBAN_LEDGER_URL`, else the Airflow connection as a SQLAlchemy URL; raises SettingsError."""
    url = os.environ.get("TOBAN_LEDGER_URL")
    found = None if url else _connection(connection_id)
    if found:
        # Airflow writes postgres:// and its own hints into the query; SQLAlchemy takes neither.
        url = urlunsplit(urlsplit(found.uri)._replace(scheme="postgresql+psycopg2", query=""))
    if not url:
        raise SettingsError(
            f"There is no ledger: create the Airflow connection {connection_id}, or set TOBAN_LEDGER_URL "
            "(for one machine: sqlite:////absolute/path/ledger.db)."
        )
    return url


@dataclass(frozen=True, repr=False)
class _Connection:
    host: str | None
    port: int | None
    schema: str | None
    password: str | None
    uri: str


def _address(found: _Connection) -> str | None:
    if not found.host:
        return None
    port = f":{found.port}" if found.port else ""
    if found.host.startswith(("http://", "https://")):
        return found.host + port
    return f"{found.schema or 'https'}://{found.host}{port}"


def _connection(connection_id: str) -> _Connection | None:
    """The Airflow connection of that name; None outside Airflow or where there is none."""
    if "AIRFLOW_HOME" not in os.environ and "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ:
        return None
    from airflow.sdk import Connection  # noqa: PLC0415 - a second to import, and absent outside Airflow
    from airflow.sdk.exceptions import (  # noqa: PLC0415 - the same
        AirflowNotFoundException,
        AirflowRuntimeError,
    )

    try:
        found = Connection.get(connection_id)
    except (AirflowNotFoundException, AirflowRuntimeError):
        return None
    return _Connection(found.host, found.port, found.schema, found.password, found.get_uri())

"""Where secrets come from: an Airflow connection inside Airflow, the environment anywhere.

A connection's password is the token; its host is the address, where that differs from the real one.
This is the one module of the package that imports airflow.
"""

import os
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from toban.domain.intake import Keys
from toban.errors import SettingsError

POSTGRES = ("postgres", "postgresql")
# What PostgreSQL's client understands of a connection's extras; it refuses Airflow's own (cursor, iam, …).
PASSED_ON = ("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "application_name")


@dataclass(frozen=True, repr=False)
class Access:
    """A secret and the address it is for (None: the usual one); never shown."""

    secret: str
    url: str | None


def access(prefix: str, connection_id: str) -> Access:
    """The secret from ``<prefix>_TOKEN``, else from that Airflow connection; raises SettingsError."""
    token, url = os.environ.get(f"{prefix}_TOKEN"), http_address(os.environ.get(f"{prefix}_URL"))
    if token:
        return Access(token, url)
    found = _connection(connection_id)
    if found is None or not found.password:
        raise SettingsError(
            f"There is no token: put it into the password of the Airflow connection {connection_id}, "
            f"or set {prefix}_TOKEN."
        )
    return Access(found.password, url or _address(found))


def optional_secret(variable: str, connection_id: str) -> str | None:
    """A secret that may be missing: from that variable, else the Airflow connection's password."""
    given = os.environ.get(variable)
    if given:
        return given
    found = _connection(connection_id)
    return found.password if found else None


def intake_keys(intake_id: str) -> Keys:
    """`TOBAN_INTAKE_<ID>_TOKEN` and `…_ROUTING_KEY`, else password and extra of `toban_intake_<id>`."""
    prefix = f"TOBAN_INTAKE_{intake_id.upper().replace('-', '_')}"
    token, routing_key = os.environ.get(f"{prefix}_TOKEN"), os.environ.get(f"{prefix}_ROUTING_KEY")
    if token and routing_key:
        return Keys(token, routing_key)
    found = _connection(f"toban_intake_{intake_id}")
    if found is None:
        return Keys(token or None, routing_key or None)
    return Keys(token or found.password, routing_key or found.extra.get("routing_key"))


def http_address(url: str | None) -> str | None:
    """The address, unless it is none that HTTP can reach: asking it again and again would not help."""
    parts = urlsplit(url or "https://none.given")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"{url!r} is no address of an API; give it as https://host or http://host:port.")
    return url


def ledger_url(connection_id: str) -> str:
    """`TOBAN_LEDGER_URL`, else the Airflow connection as a SQLAlchemy URL; raises SettingsError."""
    url = os.environ.get("TOBAN_LEDGER_URL")
    if url:
        return url
    found = _connection(connection_id)
    if found is None:
        raise SettingsError(
            f"There is no ledger: create the Airflow connection {connection_id}, or set TOBAN_LEDGER_URL "
            "(for one machine: sqlite:////absolute/path/ledger.db)."
        )
    return _sqlalchemy_url(connection_id, found.uri)


def _sqlalchemy_url(connection_id: str, uri: str) -> str:
    """Airflow writes postgres:// and its own hints into the query; SQLAlchemy takes neither."""
    parts = urlsplit(uri)
    if parts.scheme not in POSTGRES:
        raise SettingsError(
            f"The Airflow connection {connection_id} is of type {parts.scheme!r} and the ledger needs "
            "PostgreSQL: change its type, or set TOBAN_LEDGER_URL."
        )
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in PASSED_ON]
    return urlunsplit(parts._replace(scheme="postgresql+psycopg2", query=urlencode(kept)))


@dataclass(frozen=True, repr=False)
class _Connection:
    host: str | None
    port: int | None
    schema: str | None
    password: str | None
    uri: str
    extra: dict[str, str]


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
    with redirect_stdout(sys.stderr):  # where Airflow's warnings belong: a command's result stays clean
        found = _given_by_airflow(connection_id)
    if found is None:
        return None
    return _Connection(
        found.host, found.port, found.schema, found.password, found.get_uri(), found.extra_dejson
    )


def _given_by_airflow(connection_id: str) -> Any:
    from airflow.sdk.exceptions import (  # noqa: PLC0415 - seconds to import, and absent outside Airflow
        AirflowNotFoundException,
        AirflowRuntimeError,
        AirflowSecretsBackendAccessDenied,
    )

    try:
        return _asked_of_airflow(connection_id)
    except AirflowNotFoundException:
        return None
    except (AirflowRuntimeError, AirflowSecretsBackendAccessDenied) as error:
        raise SettingsError(
            f"Airflow does not give the connection {connection_id} ({type(error).__name__}); the task's log "
            "says why."
        ) from error


def _asked_of_airflow(connection_id: str) -> Any:
    """In a task from the task's API; elsewhere that knows the environment alone, so the database is asked."""
    from airflow.sdk import Connection  # noqa: PLC0415 - the same
    from airflow.sdk.exceptions import AirflowNotFoundException  # noqa: PLC0415 - the same

    try:
        return Connection.get(connection_id)
    except AirflowNotFoundException:
        if _in_a_task():
            raise
        from airflow.models import Connection as Stored  # noqa: PLC0415 - the same

        return Stored.get_connection_from_secrets(connection_id)  # noqa: AIR311 - the SDK has no such way


def _in_a_task() -> bool:
    """Whether Airflow's API has answered for good: a task may not ask the database."""
    runner = sys.modules.get("airflow.sdk.execution_time.task_runner")
    return hasattr(runner, "SUPERVISOR_COMMS")

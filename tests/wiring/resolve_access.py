"""Run in a process of its own where Airflow is set up: prints what Toban takes from connections, as JSON."""

import json
import sys
from collections.abc import Callable

from toban.errors import TobanError
from toban.wiring.access import access, intake_keys, ledger_url, optional_secret

WITHOUT_A_CONNECTION = "toban_nowhere"


def keep_in_airflow(connection_id: str, uri: str) -> None:
    """As somebody does in Airflow's web pages."""
    # Imported late: its warnings would stand where the result goes.
    from airflow import settings  # noqa: PLC0415
    from airflow.models import Connection  # noqa: PLC0415

    Connection.metadata.create_all(settings.engine)  # noqa: AIR311 - the pages write this table
    with settings.Session() as session:
        session.add(Connection(conn_id=connection_id, uri=uri))  # noqa: AIR311 - the same
        session.commit()


def main() -> None:
    pagerduty = access("TOBAN_PAGERDUTY", "pagerduty_default")
    intake = intake_keys("own-monitor")
    told = {
        "intake": [intake.token, intake.routing_key],
        "pagerduty": [pagerduty.secret, pagerduty.url],
        "shown": repr((pagerduty, intake)),
        "ledger": ledger_url("toban_ledger"),
        "absent": said(lambda: access("TOBAN_SLACK", WITHOUT_A_CONNECTION)),
        "no_ledger": said(lambda: ledger_url(WITHOUT_A_CONNECTION)),
        "no_heartbeat": optional_secret("TOBAN_HEARTBEAT_URL", WITHOUT_A_CONNECTION),
        "mysql": said(lambda: ledger_url("toban_mysql")),
    }
    keep_in_airflow(WITHOUT_A_CONNECTION, "generic://:kept-in-the-database@slack.example:8443/http")
    kept = access("TOBAN_SLACK", WITHOUT_A_CONNECTION)
    heartbeat = optional_secret("TOBAN_HEARTBEAT_URL", WITHOUT_A_CONNECTION)
    json.dump(told | {"kept": [kept.secret, kept.url], "heartbeat": heartbeat}, sys.stdout)


def said(ask: Callable[[], object]) -> str:
    try:
        return str(ask())
    except TobanError as error:
        return str(error)


if __name__ == "__main__":
    main()

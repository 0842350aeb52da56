"""Which tool's module reads a body."""

from collections.abc import Callable

from toban.domain.intake.alertmanager import alertmanager
from toban.domain.intake.cloudwatch import cloudwatch
from toban.domain.intake.datadog import datadog
from toban.domain.intake.generic import generic
from toban.domain.intake.grafana import grafana
from toban.domain.intake.mackerel import mackerel
from toban.domain.intake.newrelic import newrelic
from toban.domain.intake.nouns import Event, Paths
from toban.domain.intake.sentry import sentry
from toban.domain.intake.zabbix import zabbix

# What each tool is called, as PagerDuty and Toban show it.
TOOLS = {
    "alertmanager": "Prometheus Alertmanager",
    "grafana": "Grafana",
    "datadog": "Datadog",
    "cloudwatch": "Amazon CloudWatch",
    "sentry": "Sentry",
    "newrelic": "New Relic",
    "zabbix": "Zabbix",
    "mackerel": "Mackerel",
}
READERS: dict[str, Callable[[object], tuple[Event, ...]]] = {
    "alertmanager": alertmanager,
    "grafana": grafana,
    "datadog": datadog,
    "cloudwatch": cloudwatch,
    "sentry": sentry,
    "newrelic": newrelic,
    "zabbix": zabbix,
    "mackerel": mackerel,
}


def normalise(tool: str, body: object, paths: Paths | None = None) -> tuple[Event, ...]:
    """What the tool's body says; ``paths`` for the tool ``generic``, and for no other.

    ``body`` is decoded JSON. No event where it says nothing about a problem (a test, an acknowledgement).
    Raises BodyRefused, in one sentence, for what is no body of that tool.
    """
    return generic(body, paths) if paths else READERS[tool](body)

"""The name a monitoring tool is known by, found in what it calls itself.

The warehouse does it in sql/fragments/monitoring_tool.sql; a test holds the two together.
"""

import re

# The first that is found in the text, in this order.
KNOWN = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"datadog", "Datadog"),
        (r"cloudwatch|\bAWS\b|amazon", "CloudWatch"),
        (r"prometheus|alertmanager", "Prometheus"),
        (r"grafana", "Grafana"),
        (r"new ?relic", "New Relic"),
        (r"zabbix", "Zabbix"),
        (r"nagios", "Nagios"),
        (r"sentry", "Sentry"),
        (r"pingdom", "Pingdom"),
        (r"dynatrace", "Dynatrace"),
        (r"splunk", "Splunk"),
        (r"stackdriver|google cloud", "Google Cloud Monitoring"),
        (r"azure", "Azure Monitor"),
        (r"mackerel", "Mackerel"),
        (r"airflow", "Airflow"),
        (r"^e-?mail", "Email"),
    )
)


def tool_name(sent: str | None) -> str | None:
    """``Datadog`` for ``Datadog US1``; what is not known stays as it is, trimmed; None for nothing."""
    text = (sent or "").strip(" ")
    known = (name for pattern, name in KNOWN if pattern.search(sent or ""))
    return next(known, text) or None if text else None

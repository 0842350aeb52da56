"""Monitoring tools that send their alerts to Toban because PagerDuty has no integration for them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from toban.settings.forms import Section, Slug

Severity = Literal["critical", "error", "warning", "info"]
Path = Annotated[str, Field(min_length=1, max_length=200)]


class IntakeMapping(Section):
    """Where a generic tool's JSON body holds what an event needs; dotted paths such as ``alert.name``."""

    title: Path
    severity: Path | None = None
    source: Path | None = None
    dedup_key: Path | None = None
    status: Path | None = None
    resolved_values: tuple[str, ...] = ("resolved", "ok", "recovered", "closed")
    severities: dict[str, Severity] = Field(default_factory=dict)


class IntakeSettings(Section):
    """One tool's address, ``…/intake/<id>``; its token and PagerDuty's routing key are secrets."""

    id: Slug
    tool: Literal[
        "alertmanager",
        "grafana",
        "datadog",
        "cloudwatch",
        "sentry",
        "newrelic",
        "zabbix",
        "mackerel",
        "generic",
    ]
    mapping: IntakeMapping | None = None

    @model_validator(mode="after")
    def _generic_needs_a_mapping(self) -> Self:
        if (self.tool == "generic") != (self.mapping is not None):
            raise ValueError("mapping belongs to tool = 'generic', which needs it, and to no other")
        return self

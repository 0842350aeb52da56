"""How Toban's figures stand to those of PagerDuty's analytics: which are the same, and where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toban.clients.warehouse.definitions import measure_sql
from toban.domain.language import Language

# PagerDuty's field of POST /analytics/metrics/incidents/all -> the measure that equals it.
MEASURES: Mapping[str, str] = {
    "total_incident_count": "incidents",
    "total_incidents_acknowledged": "acknowledged",
    "mean_seconds_to_first_ack": "mtta_mean_s",
    "p50_seconds_to_first_ack": "mtta_p50_s",
    "p90_seconds_to_first_ack": "mtta_p90_s",
    "p95_seconds_to_first_ack": "mtta_p95_s",
    "mean_seconds_to_resolve": "mttr_mean_s",
    "p50_seconds_to_resolve": "mttr_p50_s",
    "p90_seconds_to_resolve": "mttr_p90_s",
    "p95_seconds_to_resolve": "mttr_p95_s",
    "total_incidents_auto_resolved": "resolved_automatically",
    "total_incidents_timeout_escalated": "escalated_by_timeout",
    "total_incidents_manual_escalated": "escalated_by_hand",
    "total_incidents_reassigned": "reassigned",
    "total_interruptions": "interruptions",
    "total_business_hour_interruptions": "business_hour_interruptions",
    "total_off_hour_interruptions": "off_hour_interruptions",
    "total_sleep_hour_interruptions": "sleep_hour_interruptions",
}
# The same for what no page shows: the expression over incident_facts.
EXPRESSIONS: Mapping[str, str] = {
    "p75_seconds_to_first_ack": "quantile_cont(seconds_to_acknowledge, 0.75)",
    "p75_seconds_to_resolve": "quantile_cont(seconds_to_resolve, 0.75)",
    "total_escalation_count": "sum(timeout_escalations + manual_escalations)",
    "total_notifications": "sum(notifications)",
    "total_snoozed_seconds": "sum(snoozed_seconds)",
}


@dataclass(frozen=True)
class Difference:
    """``fields`` are PagerDuty's that Toban has not, or has otherwise; none for a rule of counting."""

    title: str
    meaning: str
    fields: Sequence[str] = ()


def equals() -> dict[str, str]:
    """PagerDuty's field -> the SQL over incident_facts that gives the same figure."""
    measures = measure_sql()
    return {field: measures[name] for field, name in MEASURES.items()} | dict(EXPRESSIONS)


def differences(say: Language) -> Sequence[Difference]:
    """Fields that are not the same, then rules that PagerDuty has otherwise or does not tell."""
    return (*_fields(say), *_rules(say))


def _fields(say: Language) -> Sequence[Difference]:
    return (
        Difference(
            say.text("Who is engaged"),
            say.text(
                "Here who acknowledged; in PagerDuty also who accepted a responder request, which leaves no "
                "documented log entry. The columns engaged_users, engaged_seconds, seconds_to_engage and "
                "seconds_to_mobilize are therefore smaller where responders are requested."
            ),
            (
                "mean_engaged_user_count", "mean_engaged_seconds", "total_engaged_seconds",
                "mean_seconds_to_engage", "mean_seconds_to_mobilize",
            ),
        ),
        Difference(
            say.text("Effort edited by hand"),
            say.text("Not known here: it stands in PagerDuty's analytics alone."),
            ("mean_user_defined_engaged_seconds", "total_user_defined_engaged_seconds"),
        ),
        Difference(
            say.text("Assignments"),
            say.text(
                "Not counted here, as accepted responder requests belong to them. Escalations and "
                "reassignments are counted apart."
            ),
            ("mean_assignment_count",),
        ),
        Difference(
            say.text("Uptime and major incidents"),
            say.text(
                "In PagerDuty the time in which a service was in no major incident. Which ones are major is "
                "not known here, so no figure equals it."
            ),
            ("up_time_pct",),
        ),
    )  # fmt: skip


def _rules(say: Language) -> Sequence[Difference]:
    return (
        Difference(
            say.text("Freshness"),
            say.text(
                "Here minutes after the log; PagerDuty works its figures out generally within 24 hours."
            ),
        ),
        Difference(
            say.text("Incidents before the coverage"),
            say.text("Not counted here, as their first acknowledgement may be missing; PagerDuty has them."),
        ),
        Difference(
            say.text("Rounding"),
            say.text("PagerDuty gives whole seconds; here means and percentiles keep their fractions."),
        ),
        Difference(
            say.text("Interruptions of several incidents"),
            say.text(
                "Here summed over incidents: two incidents that call the same person within 60 seconds count "
                "twice. PagerDuty speaks of unique interruptions and does not say over what."
            ),
        ),
        Difference(
            say.text("Weekend nights"),
            say.text("Sleep here, so that the kinds add up; PagerDuty's descriptions fit two kinds."),
        ),
        Difference(
            say.text("Merged and reopened incidents"),
            say.text(
                "Here a merged incident counts and ends with the merge, and of a reopened one the last "
                "resolution counts; PagerDuty does not say."
            ),
        ),
        Difference(
            say.text("Several teams"),
            say.text(
                "An incident of several teams belongs here to the first, so that tables of teams add up; "
                "PagerDuty's filter finds it under each."
            ),
        ),
        Difference(
            say.text("Acknowledged by a tool"),
            say.text("Counts here as an acknowledgement; PagerDuty speaks of the first responder."),
        ),
        Difference(
            say.text("Weeks and percentiles"),
            say.text(
                "Here weeks begin on Monday, or as the settings say, and percentiles lie linearly between "
                "neighbours; PagerDuty does not say."
            ),
        ),
    )

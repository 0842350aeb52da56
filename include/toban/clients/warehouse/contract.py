"""What people may build on: these tables and views keep their columns within one version.

Columns may be added at any time. One that goes, is renamed, or changes its type raises the version, which
every snapshot says in ``sync_state`` and every exported Parquet file in its metadata.
"""

VERSION = 1
GENERAL = (
    "acknowledgement_waits", "alert_templates", "incident_facts", "policy_monthly", "policy_weekly",
    "reported_incidents", "service_monthly", "service_weekly", "team_monthly", "team_weekly",
    "triage_weekly",
)  # fmt: skip
# Those about persons, in the restricted snapshot alone.
RESTRICTED = ("interruptions", "person_interruptions", "responder_monthly", "responder_weekly")

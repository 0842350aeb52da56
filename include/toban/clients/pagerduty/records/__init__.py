"""PagerDuty's objects as rows of the warehouse's tables: columns by name, moments as PagerDuty wrote them."""

from toban.clients.pagerduty.records.alerts import alert_row, note_of
from toban.clients.pagerduty.records.directory import DIRECTORY, rule_rows, shift_row
from toban.clients.pagerduty.records.incidents import incident_row, is_full
from toban.clients.pagerduty.records.log_entries import log_entry_row, note_row

__all__ = [
    "DIRECTORY",
    "alert_row",
    "incident_row",
    "is_full",
    "log_entry_row",
    "note_of",
    "note_row",
    "rule_rows",
    "shift_row",
]

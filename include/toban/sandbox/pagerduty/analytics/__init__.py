"""PagerDuty's analytics, worked out from the log entries."""

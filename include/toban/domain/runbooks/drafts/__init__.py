"""A runbook's first version out of what is known of an alert, for people to review."""

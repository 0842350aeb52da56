"""How an incident stands: the one place that says which entries change a status."""

from toban.sandbox.history.case import Case, Event

_STATUS = {
    "trigger": "triggered",
    "unacknowledge": "triggered",
    "unsnooze": "triggered",
    "escalate": "triggered",
    "delegate": "triggered",
    "assign": "triggered",
    "acknowledge": "acknowledged",
    "resolve": "resolved",
}


def status_after(kind: str, before: str) -> str:
    """The status after an event; assigning, escalating and delegating put an acknowledged case back."""
    return _STATUS.get(kind, before)


def settle(case: Case) -> None:
    """Put the events into order, without helpers who would have joined after the case went on elsewhere."""
    status, kept = "triggered", []
    for event in sorted(case.events, key=lambda event: event.at):
        if _comes_too_late(event, status):
            continue
        status = status_after(event.kind, status)
        kept.append(event)
    case.events = kept


def _comes_too_late(event: Event, status: str) -> bool:
    return "joined" in event.means and status != "acknowledged"

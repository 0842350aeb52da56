"""What figures are of, in a line: for pictures, which leave the page and its filters behind."""

from collections.abc import Mapping, Sequence

from toban.domain.language import Language
from toban.web.insights.filters import ONLY, RESPONDER, Filters


def scope(
    filters: Filters, choices: Mapping[str, Sequence[tuple[str, str]]], say: Language, *more: str
) -> str:
    """The days with their zone, and every filter with the names chosen; ``more`` follows."""
    days = f"{filters.period.since} – {filters.period.until} ({filters.choice.time_zone})"
    labels = filter_labels(say)
    owner = [f"{say.text('Responsible team')}: {filters.teams[filters.owner].name}"] if filters.owner else []
    chosen = [
        f"{labels[name]}: {say.text(', ').join(dict(choices.get(name, ())).get(each, each) for each in ids)}"
        for name in (*ONLY, RESPONDER)
        if (ids := filters.chosen(name))
    ]
    return " · ".join([days, *owner, *chosen, *more])


def filter_labels(say: Language) -> Mapping[str, str]:
    """What each filter is called."""
    return {
        "team": say.text("Team"),
        "service": say.text("Service"),
        "policy": say.text("Escalation policy"),
        "urgency": say.text("Urgency"),
        "priority": say.text("Priority"),
        "tool": say.text("Monitoring tool"),
        RESPONDER: say.text("Responder"),
    }

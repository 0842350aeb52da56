"""People among PagerDuty's references, where services and integrations may stand as well."""

from collections.abc import Iterable

from toban.clients.pagerduty.on_calls import person
from toban.clients.pagerduty.records.references import Row, kind_of
from toban.domain.people import Person


def people(references: Iterable[Row | None] | None) -> tuple[Person, ...]:
    """Those that are users, each once, in the order given; with an e-mail only where users were included."""
    found = (person(one) for one in references or () if one and one.get("id") and _is_user(one))
    return tuple({one.id: one for one in found}.values())


def person_or_none(reference: Row | None) -> Person | None:
    """The user, None for a service, an integration, a bot, or nothing."""
    return next(iter(people([reference])), None)


def _is_user(reference: Row) -> bool:
    return kind_of(reference) in {None, "user"}

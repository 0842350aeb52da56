"""Will those on call in the coming fortnight be rung by PagerDuty and mentioned in Slack?"""

from collections.abc import Iterator, Sequence
from typing import Any

from toban.clients.slack_people import SlackPeople
from toban.domain.findings import Finding, good, look
from toban.domain.people import Person


def examine_reachability(users: dict[str, dict[str, Any]], on_call: Sequence[Person]) -> Iterator[Finding]:
    """Notification rules and time zones, as PagerDuty has them."""
    for person in _by_name(on_call):
        user = users.get(person.id, {})
        if not user.get("notification_rules"):
            yield look(
                f"person {person.name}",
                f"{person.id} has no notification rule: PagerDuty will not ring",
                "Let the person add one in PagerDuty, My Profile, Notification Rules.",
            )
        if not user.get("time_zone"):
            yield look(
                f"person {person.name}",
                f"{person.id} has no time zone: nights are counted in UTC",
                "Let the person set it in PagerDuty, My Profile.",
            )


def examine_mentions(people: SlackPeople, on_call: Sequence[Person]) -> Iterator[Finding]:
    """Whether everyone can be mentioned."""
    unknown = [person for person in on_call if people.id_of(person) is None]
    for person in _by_name(unknown):
        yield look(
            f"person {person.name}",
            f"{person.id} is not found in Slack by e-mail and will be named, not mentioned",
            f'Add "{person.id}" = "U…" to slack.user_overrides.',
        )
    if on_call and not unknown:
        yield good("people", f"all {len(on_call)} on call in the coming fortnight are known in Slack")


def _by_name(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.name, person.id))

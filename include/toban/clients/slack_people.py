"""PagerDuty's people as Slack's: by an override from the settings, else by e-mail."""

import logging
from collections.abc import Mapping

from toban.clients.slack import Slack, SlackUser
from toban.domain.message import bold, mention
from toban.domain.people import Person
from toban.errors import SlackRefused

log = logging.getLogger(__name__)


class SlackPeople:
    """Asks Slack once for each person; ``overrides`` maps PagerDuty user ids or e-mails to Slack user ids.

    Methods raise SlackUnavailable. A refusal (such as a missing scope) means the person is not found.
    """

    def __init__(self, slack: Slack, overrides: Mapping[str, str]) -> None:
        self._slack = slack
        self._overrides = {key.casefold(): user_id for key, user_id in overrides.items()}
        self._ids: dict[Person, str | None] = {}

    def mention(self, person: Person) -> str:
        """``<@U…>``, or the name in bold, escaped, where Slack does not know the person."""
        user_id = self.id_of(person)
        return bold(person.name) if user_id is None else mention(user_id)

    def id_of(self, person: Person) -> str | None:
        """The id of the person's Slack account; None where there is none that a message would reach."""
        if person not in self._ids:
            self._ids[person] = self._found(person)
        return self._ids[person]

    @property
    def unmapped(self) -> list[Person]:
        """Whom Slack was asked for in vain, in the order of asking."""
        return [person for person, user_id in self._ids.items() if user_id is None]

    def _found(self, person: Person) -> str | None:
        try:
            user = self._account(person)
        except SlackRefused as error:
            log.warning("PagerDuty's user %s cannot be looked up in Slack: %s", person.id, error)
            return None
        return user.id if user and not user.deleted and not user.is_bot else None

    def _account(self, person: Person) -> SlackUser | None:
        email = (person.email or "").casefold()
        override = self._overrides.get(person.id.casefold()) or self._overrides.get(email)
        if override:
            return self._slack.user(override)
        return self._slack.user_by_email(email) if email else None

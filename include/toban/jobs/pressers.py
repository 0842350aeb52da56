"""Who pressed: a Slack account as the PagerDuty user in whose name, and no other's, it is carried out."""

import logging

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.on_calls import person
from toban.clients.pagerduty.writes import user_by_email
from toban.clients.slack import Slack, SlackUser
from toban.domain.language import Language
from toban.domain.people import Person
from toban.domain.presses.nouns import Press
from toban.errors import PagerDutyRefused, SlackRefused

log = logging.getLogger(__name__)


class Barred(Exception):
    """Why it is not done for this person, told to them alone; never leaves the job."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Pressers:
    """Asks once for each person; ``overrides`` maps PagerDuty user ids or e-mails to Slack user ids.

    Methods raise Barred, SlackError and PagerDutyError.
    """

    def __init__(self, slack: Slack, pagerduty: PagerDuty, overrides: dict[str, str]) -> None:
        self._slack = slack
        self._pagerduty = pagerduty
        self._overrides = {key.casefold(): user_id for key, user_id in overrides.items()}
        self._accounts: dict[str, SlackUser | None] = {}
        self._people: dict[str, Person | None] = {}
        self._home: str | None = None

    def member(self, press: Press, say: Language) -> SlackUser:
        """The account, where it is a full member of the workspace in which Toban's app is installed."""
        if press.slack_user not in self._accounts:
            self._accounts[press.slack_user] = self._account(press.slack_user)
        account = self._accounts[press.slack_user]
        if account is None or account.deleted or account.is_bot:
            raise Barred(say.text("Slack does not say who you are, so nothing was done."))
        if account.is_stranger or self._at_home() not in account.teams:
            raise Barred(say.text("Only people of this workspace may do that; nothing was done."))
        if account.is_guest:
            raise Barred(say.text("Guests may not do that; nothing was done."))
        return account

    def person(self, account: SlackUser, say: Language) -> Person:
        """The PagerDuty user that the account is: by the settings' override, else by e-mail."""
        if account.id not in self._people:
            self._people[account.id] = self._mapped(account)
        found = self._people[account.id]
        if found is None or found.email is None:
            raise Barred(
                say.text(
                    "PagerDuty has no user with the e-mail of your Slack account, so nothing was done; an "
                    "administrator can map you in slack.user_overrides."
                )
            )
        return found

    def _account(self, user_id: str) -> SlackUser | None:
        try:
            return self._slack.user(user_id)
        except SlackRefused as error:
            log.warning("Slack does not tell who pressed: %s", error)
            return None

    def _at_home(self) -> str:
        if self._home is None:
            self._home = str(self._slack.auth_test().get("team_id", ""))
        return self._home

    def _mapped(self, account: SlackUser) -> Person | None:
        given = [key for key, user_id in self._overrides.items() if user_id == account.id]
        if given:
            return next((found for key in given if (found := self._known(key))), None)
        if not account.email:
            return None
        found = user_by_email(self._pagerduty, account.email)
        return None if found is None or self._is_anothers(found) else found

    def _known(self, key: str) -> Person | None:
        """PagerDuty's user of an override: an id (capitals, which `casefold` took away) or an e-mail."""
        if "@" in key:
            return user_by_email(self._pagerduty, key)
        try:
            return person(self._pagerduty.get(f"users/{key.upper()}")["user"])
        except PagerDutyRefused as error:
            log.warning("an override names a user whom PagerDuty does not know: %s", error)
            return None

    def _is_anothers(self, found: Person) -> bool:
        """Whether an override gives this PagerDuty user to another Slack account."""
        return found.id.casefold() in self._overrides or (found.email or "").casefold() in self._overrides

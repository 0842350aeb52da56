"""Where to speak and whom to mention, remembered from one process to the next.

A pass lives for seconds. Did each ask anew, Slack's limit of twenty listings a minute would be met at once.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from toban.clients.ledger.notes import Notes
from toban.clients.once import utc_now
from toban.clients.slack import Slack
from toban.clients.slack.directory import is_channel_id
from toban.clients.slack.refusals import refusal
from toban.clients.slack_people import SlackPeople
from toban.domain.message import bold, mention
from toban.domain.people import Person
from toban.errors import SlackRefused, SlackUnavailable

log = logging.getLogger(__name__)

NOTE = "slack_places"
FOUND_FOR, MISSED_FOR = timedelta(hours=1), timedelta(minutes=5)
KEPT_FOR, NOTHING = timedelta(days=30), timedelta(0)
CHANNELS, PEOPLE = "channels", "people"
NOT_FOUND = "channel_not_found"
Answers = dict[str, tuple[str | None, datetime]]  # name or id -> Slack's id or None, believed until


class Places:
    """For one pass: reads the note once, at its first question, and writes it when it has learned something.

    A channel is kept by its name, a person by PagerDuty's id, without an address; what Slack knew is asked
    again after an hour, what it did not know after five minutes. Methods may raise SlackUnavailable and
    LedgerError.
    """

    def __init__(
        self, slack: Slack, people: SlackPeople, notes: Notes, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._slack, self._people, self._notes, self._clock = slack, people, notes, clock
        self._noted: dict[str, Answers] | None = None
        self._untold = False

    def channel_id(self, name: str) -> str:
        """The id of a channel, with or without #; an id as it is. Raises SlackRefused where there is none."""
        if is_channel_id(name):
            return name
        key = name.removeprefix("#").casefold()
        try:
            found = self._answer(CHANNELS, key, lambda: self._listed(name))
        except SlackUnavailable:
            found = self._all()[CHANNELS].get(key, (None, self._clock()))[0]
            if found is None:
                raise
        if found is None:
            raise refusal("conversations.list", name, NOT_FOUND, {})
        return found

    def mention(self, person: Person) -> str:
        """``<@U…>``, or the name in bold, escaped, where Slack does not know the person or does not say.

        What is to be said does not wait for a look-up that fails: then the last answer holds.
        """
        user_id = self._id_if_told(person)
        return bold(person.name) if user_id is None else mention(user_id)

    def _id_if_told(self, person: Person) -> str | None:
        if not self._untold:
            try:
                return self.id_of(person)
            except SlackUnavailable as error:
                log.warning("Slack does not say who people are; what it said before holds: %s", error)
                self._untold = True
        known = self._all()[PEOPLE].get(person.id)
        return known[0] if known else None

    def id_of(self, person: Person) -> str | None:
        """The id of the person's Slack account; None where there is none that a message would reach."""
        return self._answer(PEOPLE, person.id, lambda: self._people.id_of(person))

    def _listed(self, name: str) -> str | None:
        try:
            return self._slack.channel_id(name)
        except SlackRefused as error:
            if error.code != NOT_FOUND:
                raise
            return None

    def _answer(self, kind: str, key: str, ask: Callable[[], str | None]) -> str | None:
        noted, now = self._all(), self._clock()
        known = noted[kind].get(key)
        if known is not None and now < known[1]:
            return known[0]
        found = ask()
        noted[kind][key] = (found, now + (MISSED_FOR if found is None else FOUND_FOR))
        self._notes.write(NOTE, _written(noted, now), now=now)
        return found

    def _all(self) -> dict[str, Answers]:
        if self._noted is None:
            content = self._notes.read(NOTE) or {}
            self._noted = {kind: _read(content.get(kind, {})) for kind in (CHANNELS, PEOPLE)}
        return self._noted


def _read(content: dict[str, list[Any]]) -> Answers:
    return {key: (found, datetime.fromisoformat(until)) for key, (found, until) in content.items()}


def _written(noted: dict[str, Answers], now: datetime) -> dict[str, dict[str, list[Any]]]:
    """What is believed, and for some weeks what was, for when Slack does not answer."""
    return {
        kind: {
            key: [found, until.isoformat()]
            for key, (found, until) in answers.items()
            if now < until + (KEPT_FOR if found else NOTHING)
        }
        for kind, answers in noted.items()
    }

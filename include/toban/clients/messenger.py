"""Says and corrects things in Slack; each under a key, and under one key only once."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from toban.clients.acts import content_hash, file_act, message_act
from toban.clients.ledger import Claim, Ledger
from toban.clients.once import Once, utc_now
from toban.clients.slack import File, Posted, Slack
from toban.domain.message import Message
from toban.errors import LedgerError


class Messenger:
    """Speaks through ``slack`` and remembers in ``ledger``.

    ``patience_s`` bounds the waiting for what another process is saying, or for the truth after a lost
    answer: by default twice the lease, which is twice Slack's time-out. Every method may raise
    SlackUnavailable (try again later), SlackRefused (a person must act) and LedgerError.
    """

    def __init__(
        self,
        ledger: Ledger,
        slack: Slack,
        *,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
        patience_s: float | None = None,
    ) -> None:
        self._ledger, self._slack, self._clock, self._sleep = ledger, slack, clock, sleep
        lease = 2 * timedelta(seconds=slack.timeout_s)
        patience = 2 * lease if patience_s is None else timedelta(seconds=patience_s)
        self._once = Once(ledger, lease=lease, patience=patience, clock=clock, sleep=sleep)

    def say(
        self,
        key: str,
        channel: str,
        message: Message,
        *,
        thread: Posted | None = None,
        about: str | None = None,
    ) -> Posted:
        """Post the message once for all calls with this key; ``channel`` is a name or an id.

        What is too long for one message becomes several, the others under ``key#2``, ``key#3``, …;
        the first is given back. What was said before stays as it is: see `correct`. ``about`` is the id of
        the incident it is about: `Ledger.said_about` finds it and its parts by that.
        """
        first, *others = message.parts()
        posted = self._say(key, channel, first, _ts(thread), about)
        for number, part in enumerate(others, start=2):
            self._say(_part(key, number), channel, part, _ts(thread), about)
        return posted

    def picture(
        self,
        key: str,
        channel: str,
        name: str,
        png: bytes,
        title: str,
        thread: Posted | None = None,
        *,
        about: str | None = None,
    ) -> Posted:
        """Show a PNG once for all calls with this key; its file's name is ``name`` with a mark of the key."""
        return self.file(key, channel, File(name, png, title, title), thread, about=about)

    def file(
        self, key: str, channel: str, file: File, thread: Posted | None = None, *, about: str | None = None
    ) -> Posted:
        """Show a file once for all calls with this key; its name gets a mark of the key."""
        return self._once.do(
            file_act(self._slack, key, channel, file, _ts(thread), about=about, sleep=self._sleep)
        )

    def said(self, key: str) -> Posted | None:
        """Where it was said, if it was."""
        said = self._ledger.said(key)
        return None if said is None else _posted(said)

    def correct(self, key: str, message: Message) -> Posted:
        """Make what was said under the key show this message; equal content does nothing.

        Nobody is notified again. Raises LedgerError where nothing was said.
        """
        said = self._ledger.said(key)
        if said is None:
            raise LedgerError(f"Nothing was said as {key}, so it cannot be corrected; say it first.")
        first, *others = message.parts()
        self._edit(said, first)
        for number, part in enumerate(others, start=2):
            self._set_right(said, _part(key, number), part)
        self._withdraw_from(key, len(others) + 2)
        return _posted(said)

    def set_right(self, key: str, channel: str, message: Message, *, thread: Posted | None = None) -> Posted:
        """Correct what was said under the key; say what was left unsaid, by a run that broke for example."""
        if self.said(key) is None:
            return self.say(key, channel, message, thread=thread)
        return self.correct(key, message)

    def withdraw(self, key: str) -> None:
        """Take back what was said under the key, with its other parts; nothing said is as good."""
        said = self._ledger.said(key)
        if said is not None:
            self._withdraw_from(key, 2)
            self._take_back(said)

    def _say(
        self, key: str, channel: str, message: Message, thread_ts: str | None, about: str | None
    ) -> Posted:
        return self._once.do(message_act(self._slack, key, channel, message, thread_ts, about))

    def _edit(self, said: Claim, message: Message) -> None:
        new = content_hash(message)
        if new != said.content_hash:
            self._slack.update(said.channel, said.ts or "", message, key=said.key)
            self._ledger.corrected(said.key, new, now=self._clock())

    def _set_right(self, first: Claim, key: str, message: Message) -> None:
        said = self._ledger.said(key)
        if said is None:
            self._say(key, first.channel, message, first.thread_ts, first.about)
        else:
            self._edit(said, message)

    def _withdraw_from(self, key: str, number: int) -> None:
        """Take back the parts that a shorter message no longer has."""
        for each in count(number):
            said = self._ledger.said(_part(key, each))
            if said is None:
                return
            self._take_back(said)

    def _take_back(self, said: Claim) -> None:
        self._slack.delete(said.channel, said.ts or "")
        self._ledger.withdrawn(said.key, now=self._clock())


def _part(key: str, number: int) -> str:
    return f"{key}#{number}"


def _ts(thread: Posted | None) -> str | None:
    return thread.ts or None if thread else None


def _posted(said: Claim) -> Posted:
    return Posted(said.channel, said.ts or "")

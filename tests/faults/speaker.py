"""A process that says many things: `speaker.py LEDGER_URL SLACK_URL COUNT [STEP]`.

With a STEP, such as `after post`, it dies by SIGKILL the first time it gets there; without one it exits
with 0 once everything is said.
"""

import os
import signal
import sys
import time
from datetime import datetime
from typing import Any

from toban.clients.ledger import Claim, Ledger, Standing
from toban.clients.messenger import Messenger
from toban.clients.slack import Posted, Slack
from toban.domain.message import Message
from toban.errors import SlackUnavailable

CHANNELS = 12
PNG = b"\x89PNG not much of a picture"


def die_at(step: str, chosen: str | None) -> None:
    """Die here, without any chance to tidy up, if this is where it was told to."""
    if step == chosen:
        os.kill(os.getpid(), signal.SIGKILL)


class MortalLedger(Ledger):
    """Dies around a claim that is granted, or around a confirmation."""

    step: str | None = None

    def claim(self, *args: Any, **named: Any) -> Claim:
        die_at("before claim", self.step)
        claim = super().claim(*args, **named)
        if claim.standing in {Standing.NEW, Standing.DOUBTFUL}:
            die_at("after claim", self.step)
        return claim

    def confirm(self, claim: Claim, channel: str, ts: str, content_hash: str, *, now: datetime) -> bool:
        die_at("before confirm", self.step)
        confirmed = super().confirm(claim, channel, ts, content_hash, now=now)
        die_at("after confirm", self.step)
        return confirmed


class MortalSlack(Slack):
    """Dies around a post, or around an upload."""

    step: str | None = None

    def post(self, *args: Any, **named: Any) -> Posted:
        die_at("before post", self.step)
        posted = super().post(*args, **named)
        die_at("after post", self.step)
        return posted

    def upload(self, *args: Any, **named: Any) -> None:
        die_at("before upload", self.step)
        super().upload(*args, **named)
        die_at("after upload", self.step)


def speak(messenger: Messenger, count: int) -> None:
    """Say everything; what another process is just saying comes again in the next round."""
    pending = list(range(count))
    while pending:
        pending = [number for number in pending if not said(messenger, number)]
        time.sleep(0.05 if pending else 0)


def said(messenger: Messenger, number: int) -> bool:
    """Every third thing is a picture, every third a reply in a thread."""
    channel, text = f"#c{number % CHANNELS}", Message(f"Thing {number}")
    try:
        if number % 3 == 0:
            messenger.say(f"thing:{number}", channel, text)
        elif number % 3 == 1:
            head = messenger.say(f"head:{number}", channel, text)
            messenger.say(f"thing:{number}", channel, text, thread=head)
        else:
            messenger.picture(f"thing:{number}", channel, f"thing-{number}.png", PNG, f"Thing {number}")
    except SlackUnavailable:
        return False
    return True


def hasten(seconds: float) -> None:
    """The sandbox's limits are off here: keeping to a message a second would only lengthen the test."""
    time.sleep(seconds / 50)


def main() -> None:
    ledger_url, slack_url, count, *steps = sys.argv[1:]
    ledger, slack = MortalLedger(ledger_url), MortalSlack("xoxb-test", slack_url, timeout_s=1, sleep=hasten)
    ledger.step = slack.step = steps[0] if steps else None
    ledger.migrate()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    speak(Messenger(ledger, slack, patience_s=0), int(count))


if __name__ == "__main__":
    main()

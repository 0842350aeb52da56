"""What an announcement last said about who is called first, so that a change can be told from it.

It is a note in the ledger beside the message: form ``note``, without a place in Slack, its content where
the fingerprint of a message stands.
"""

import json
from datetime import datetime, timedelta

from toban.clients.ledger import Intent, Ledger, Standing

LEASE = timedelta(seconds=5)  # a note is confirmed at once; only a crash in between leaves it claimed


class AnnouncedPeople:
    """Notes by the key of the announcement: ``{policy id: {person id: name}}``. May raise LedgerError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def last(self, key: str) -> dict[str, dict[str, str]] | None:
        """What was last said, ``None`` if nothing was."""
        note = self._ledger.said(_name(key))
        return None if note is None else json.loads(note.content_hash)

    def remember(self, key: str, channel: str, people: dict[str, dict[str, str]], *, now: datetime) -> None:
        """Replace what was last said."""
        content = json.dumps(people, ensure_ascii=False, sort_keys=True)
        claim = self._ledger.claim(Intent(_name(key), "note", channel, None, content), now=now, lease=LEASE)
        if claim.standing is Standing.SAID:
            self._ledger.corrected(claim.key, content, now=now)
        else:
            self._ledger.confirm(claim, channel, "", content, now=now)


def _name(key: str) -> str:
    return f"announced:{key}"

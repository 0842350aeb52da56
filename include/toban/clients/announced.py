"""What an announcement last said about who is called first, so that a change can be told from it."""

from datetime import datetime

from toban.clients.ledger import Ledger


class AnnouncedPeople:
    """Notes by the key of the announcement: ``{policy id: {person id: name}}``. May raise LedgerError."""

    def __init__(self, ledger: Ledger) -> None:
        self._notes = ledger.notes

    def last(self, key: str) -> dict[str, dict[str, str]] | None:
        """What was last said, ``None`` if nothing was."""
        found: dict[str, dict[str, str]] | None = self._notes.read(f"announced:{key}")
        return found

    def remember(self, key: str, people: dict[str, dict[str, str]], *, now: datetime) -> None:
        """Replace what was last said."""
        self._notes.write(f"announced:{key}", people, now=now)

"""Uploaded files: announced, filled with bytes, then shared into a channel."""

from typing import Any
from urllib.parse import quote

from toban.sandbox.slack.journal import Journal, Shelf
from toban.sandbox.slack.names import BOT_USER, TEAM, id_for
from toban.sandbox.slack.refusal import RefusedError

TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
}


class Files:
    """Every file by id, with its bytes."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._shelf = journal, Shelf(journal, "files")

    def announce(self, filename: str, length: int, created: int) -> dict[str, Any]:
        """Make room for a file: name, length in bytes, seconds since 1970."""
        key = id_for("F", f"{filename} {created} {len(self._shelf.all())}")
        kind = filename.rpartition(".")[2].lower()
        made = {
            "id": key,
            "created": created,
            "timestamp": created,
            "name": filename,
            "title": filename,
            "mimetype": TYPES.get(kind, "application/octet-stream"),
            "filetype": kind,
            "user": BOT_USER,
            "size": length,
            "url_private": f"/files-pri/{TEAM}-{key}/{quote(filename)}",
            "shares": {},
        }
        return self._shelf.put(key, made)

    def fill(self, file_id: str, content: bytes) -> None:
        """Take a file's bytes; their number must be as announced."""
        if len(content) != self.known(file_id)["size"]:
            raise RefusedError("length_mismatch")
        self._journal.keep(file_id, content)

    def known(self, file_id: str) -> dict[str, Any]:
        """The file with this id, uploaded or not; refuses with file_not_found."""
        file = self._shelf.get(file_id)
        if file is None:
            raise RefusedError("file_not_found")
        return file

    def uploaded(self, file_id: str) -> dict[str, Any]:
        """The same, once its bytes have come."""
        if self.content(file_id) is None:
            raise RefusedError("file_not_found")
        return self.known(file_id)

    def content(self, file_id: str) -> bytes | None:
        """The bytes, or None before they have come."""
        return self._journal.content(file_id)

    def change(self, file_id: str, **changes: Any) -> dict[str, Any]:
        """Set fields of a file, such as its title or where it is shared."""
        return self._shelf.put(file_id, {**self.known(file_id), **changes})

"""What a caller sent, however it was sent: query, form, JSON or multipart, JSON inside a form included."""

import json
from collections.abc import Mapping
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from toban.sandbox.slack.blockkit.rules import problem
from toban.sandbox.slack.refusal import RefusedError

_TRUE = (True, 1, "1", "true", "True")


class Arguments:
    """A method's arguments by name; a value that cannot be read refuses the call as Slack would."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}

    @classmethod
    def read(cls, query: str, content_type: str, body: bytes) -> "Arguments":
        """From the parts of an HTTP request."""
        return cls({**dict(parse_qsl(query)), **_from_body(content_type, body)})

    def has(self, name: str) -> bool:
        """Whether the argument was given at all."""
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """A string; a number is taken for its digits."""
        return str(self._values.get(name, default))

    def token(self, authorization: str) -> str:
        """The caller's token: from the header, else the argument; "" without one."""
        return authorization.removeprefix("Bearer ").strip() or self.text("token")

    def required(self, name: str) -> str:
        """A string that must not be empty; refuses with invalid_arguments."""
        value = self.text(name)
        if not value:
            raise RefusedError.with_reasons(
                "invalid_arguments", [problem(f"missing required field: {name}", "")]
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no in any of the usual spellings."""
        return self._values[name] in _TRUE if name in self._values else default

    def number(self, name: str, default: int) -> int:
        """A whole number; refuses with invalid_arguments."""
        try:
            return int(self._values.get(name, default))
        except ValueError:
            raise RefusedError.with_reasons(
                "invalid_arguments", [problem("must be an integer", f"/{name}")]
            ) from None

    def words(self, name: str) -> list[str]:
        """A list given as such or separated by commas."""
        value = self._values.get(name, "")
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def data(self, name: str, invalid: str) -> Any:
        """Structured data, given as JSON text or as such; None if absent; refuses with `invalid`."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise RefusedError(invalid) from None


def _from_body(content_type: str, body: bytes) -> dict[str, Any]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(body)
    if kind == "multipart/form-data":
        return _from_multipart(content_type, body)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise RefusedError("invalid_json") from None
    if not isinstance(found, dict):
        raise RefusedError("json_not_object")
    return found


def _from_multipart(content_type: str, body: bytes) -> dict[str, Any]:
    whole = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    values: dict[str, Any] = {}
    for part in whole.get_payload() if whole.is_multipart() else []:
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        content = part.get_payload(decode=True)  # type: ignore[union-attr]
        if isinstance(name, str) and isinstance(content, bytes):
            values[name] = content.decode("utf-8", "replace")
    return values

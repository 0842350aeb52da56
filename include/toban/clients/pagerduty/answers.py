"""What an answer says: its JSON, or PagerDuty's own words about why not."""

import json
from typing import Any

import orjson

from toban.clients.pagerduty.session import Answer
from toban.errors import PagerDutyRefused


def decoded(answer: Answer) -> dict[str, Any] | None:
    """The JSON object of a good answer; None if it was cut off or is something else (a proxy's page)."""
    if not answer.content:
        return {}
    try:
        value = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        value = _forgiven(answer.content)
    return value if isinstance(value, dict) else None


def _forgiven(content: bytes) -> Any:
    """JSON with half an emoji in it, as tools that cut titles send it; None for what is no JSON."""
    try:
        return orjson.loads(json.dumps(json.loads(content), ensure_ascii=False).encode("utf-8", "replace"))
    except ValueError:
        return None


def refusal(answer: Answer, request: str) -> PagerDutyRefused:
    """PagerDuty's no to `request` ("GET /users"), with its own words and what to do."""
    if answer.status == 401:
        return PagerDutyRefused(
            f"PagerDuty refused {request}: it does not know the token (401); "
            "set TOBAN_PAGERDUTY_TOKEN, or the connection's password, to a valid one.",
            status=answer.status,
        )
    said = own_words(answer)
    return PagerDutyRefused(
        f"PagerDuty refused {request} ({answer.status}): {said}; see `toban doctor`.",
        status=answer.status,
        code=_code(answer),
    )


def own_words(answer: Answer) -> str:
    """ "Invalid Input Provided: Since is invalid (code 2001)", or a plain hint without a usable body."""
    error = (decoded(answer) or {}).get("error")
    if isinstance(error, str):
        return error
    if not isinstance(error, dict):
        return "it gave no reason"
    details = ", ".join(_details(error.get("errors")))
    words = str(error.get("message") or "no message") + (f": {details}" if details else "")
    code = error.get("code")
    return f"{words} (code {code})" if code else words


def _code(answer: Answer) -> int | None:
    """PagerDuty's number for the reason."""
    error = (decoded(answer) or {}).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else None


def _details(errors: Any) -> list[str]:
    """Most errors are a list; those of /v3 are {field path: [messages]}."""
    if isinstance(errors, dict):
        return [f"{field} {', '.join(map(str, messages))}" for field, messages in errors.items()]
    return [str(item) for item in errors] if isinstance(errors, list) else []

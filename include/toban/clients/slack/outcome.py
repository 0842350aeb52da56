"""What came of one request to Slack, sorted by what may be done next.

Done; *refused* (Slack says no, repeating is useless); *not done* (429, or the connection was never made:
repeating is safe); *unsure* (time-out, 5xx, an answer cut off: Slack may have done it all the same).
"""

import re
import socket
import ssl
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError

from toban.clients.slack.refusals import refusal
from toban.errors import RemoteError, SlackUnavailable

T = TypeVar("T")

NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
# Slack's reference: "some aspect of the operation may have succeeded before the error was raised".
UNSURE_CODES = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
RATE_CODES = {"ratelimited", "rate_limited"}


class SlackUnsure(SlackUnavailable):
    """Slack may or may not have done what it was asked; only looking there can tell."""


class SlackNotDone(SlackUnavailable):
    """Slack certainly did nothing; ``retry_after_s`` is how long it asks to be left alone, if it said so."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


def sorted_out(method: str, about: str, request: Callable[[], T]) -> T:
    """The answer to a request; raises SlackUnsure, SlackNotDone or SlackRefused."""
    try:
        return request()
    except SlackApiError as error:
        raise _from_answer(method, about, error) from None
    except HTTPError as error:
        with error:  # an answer left open holds its connection
            raise _from_status(method, error.code, dict(error.headers.items())) from None
    except (OSError, HTTPException) as error:
        raise _from_connection(method, error) from None


def _from_answer(method: str, about: str, error: SlackApiError) -> RemoteError:
    status, headers, body = error.response.status_code, error.response.headers, error.response.data
    code = str(body.get("error", "")) if isinstance(body, dict) else ""
    if code in RATE_CODES or status == 429:
        return _from_status(method, 429, headers)
    if code in UNSURE_CODES:
        return SlackUnsure(f"Slack answered {method} with {code}")
    # Where the answer is no JSON, slack_sdk puts a complaint in the place of the code.
    if status >= 500 or not re.fullmatch(r"[a-z0-9_:.]+", code):
        return SlackUnsure(f"Slack's answer to {method} cannot be used (status {status})")
    return refusal(method, about, code, body)


def _from_status(method: str, status: int, headers: dict[str, Any]) -> RemoteError:
    if status != 429:
        return SlackUnsure(f"Slack answered {method} with {status}")
    wait = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    seconds = float(wait) if wait is not None and str(wait).isdigit() else None
    asked = "" if seconds is None else f" and asks to wait {seconds:g} s"
    return SlackNotDone(f"Slack limits the rate of {method}{asked}", seconds)


def _from_connection(method: str, error: Exception) -> RemoteError:
    cause = error.reason if isinstance(error, URLError) else error
    why = f"{method} got no answer from Slack ({type(cause).__name__}: {cause})"
    return SlackNotDone(why) if isinstance(cause, NEVER_SENT) else SlackUnsure(why)

"""One signed POST to a subscriber."""

import hashlib
import hmac
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from toban.sandbox.pagerduty.wire import Json

TIMEOUT_S = 5.0  # PagerDuty waits no longer


def signature(secret: str, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256 of the body, in hex."""
    return "v1=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(subscription: Json, webhook_id: str, body: bytes, timeout_s: float = TIMEOUT_S) -> int | None:
    """The status answered, or None where no answer came in time."""
    method = subscription["delivery_method"]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "PagerDuty-Webhook/V3.0",
        "X-PagerDuty-Signature": signature(method["secret"], body),
        "X-Webhook-Id": webhook_id,
        "X-Webhook-Subscription": subscription["id"],
        **{header["name"]: header["value"] for header in method["custom_headers"]},
    }
    url = urlsplit(method["url"])
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=timeout_s)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()

"""PagerDuty's signatures of webhooks v3: ``v1=<HMAC-SHA256 of the raw body, hex>``, several with a comma."""

import hmac
from collections.abc import Iterable

VERSION = "v1="
MOST = 20  # PagerDuty sends one for each secret in force; nobody makes us compare a header full of them


def signature(secret: str, body: bytes) -> str:
    """What PagerDuty writes for that secret."""
    return VERSION + hmac.digest(secret.encode(), body, "sha256").hex()


def is_signed(body: bytes, header: str, secrets: Iterable[str]) -> bool:
    """Whether any signature is that of any secret; takes the same time however much of one is right."""
    given = [each.strip().encode() for each in header.split(",", MOST)[:MOST]]
    wanted = [signature(secret, body).encode() for secret in secrets]
    matches = [hmac.compare_digest(one, other) for one in given for other in wanted]
    return any(matches)

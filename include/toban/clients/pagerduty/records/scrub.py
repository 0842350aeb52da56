"""What never reaches the warehouse: how to reach a person, and keys that let others send events."""

import re
from typing import Any

UNWANTED_KEYS = frozenset({
    "address", "phone", "phone_number", "mobile", "email", "e-mail", "email_address",
    "contact_method", "contact_methods", "raw_url", "service_key", "routing_key", "integration_key",
    "integration_email", "avatar_url",
})  # fmt: skip
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
# At least seven digits that begin with a plus, or groups of digits as people write them down.
PHONE = re.compile(
    r"\+\d(?:[\s().-]*\d){6,14}|(?<![\w.:-])\(?0\d{1,4}\)?[\s.-]\d{1,4}[\s.-]\d{3,4}(?![\w:-])"
)
MASK = "[removed]"


def masked(text: str | None) -> str | None:
    """The text with e-mail addresses and phone numbers replaced by `[removed]`."""
    if not text:
        return text
    if "@" in text:
        text = EMAIL.sub(MASK, text)
    return PHONE.sub(MASK, text)


def scrubbed(value: Any) -> Any:
    """A JSON value without unwanted keys, its texts masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {key: scrubbed(item) for key, item in value.items() if key.lower() not in UNWANTED_KEYS}
    return value

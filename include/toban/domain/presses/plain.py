"""A Slack message's text as a person reads it, for a note in PagerDuty."""

import re

_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def readable(text: str) -> str:
    """Links as ``label (address)``, mentions as ``@U…`` or ``#name``, entities as their signs."""
    shown = _REFERENCE.sub(_spelled, text)
    for entity, sign in _ENTITIES:
        shown = shown.replace(entity, sign)
    return shown


def _spelled(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return f"@{label or target[1:]}"
    return f"{label} ({target})" if label and label != target else target

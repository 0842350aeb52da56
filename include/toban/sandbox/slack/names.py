"""Slack-like ids that follow from names, so that the same directory gives the same ids every time."""

import base64
import hashlib
import re

TEAM = "T0SANDBOX1"
APP = "A0TOBAN001"
BOT_USER = "U0TOBAN001"
BOT = "B0TOBAN001"
BOT_NAME = "toban"


def id_for(prefix: str, name: str) -> str:
    """`prefix` and ten letters and digits made from `name`; no two names in practice share them."""
    digest = hashlib.sha256(name.casefold().encode()).digest()
    return f"{prefix}0{base64.b32encode(digest).decode()[:9]}"


def handle(name: str, email: str | None) -> str:
    """A user's short name: what stands before the @ of the address, else the name in lower case."""
    return email.partition("@")[0] if email else re.sub(r"\W+", ".", name.casefold()).strip(".")

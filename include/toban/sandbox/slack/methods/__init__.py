"""The Web API's methods: importing this package fills the registry."""

from toban.sandbox.slack.methods import (
    apps,
    chat,
    conversations,
    files,
    groups,
    history,
    people,
    reactions,
    views,
)
from toban.sandbox.slack.methods.registry import METHODS, Call, Method

__all__ = [
    "METHODS",
    "Call",
    "Method",
    "apps",
    "chat",
    "conversations",
    "files",
    "groups",
    "history",
    "people",
    "reactions",
    "views",
]

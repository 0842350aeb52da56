"""A local Slack: the Web API over HTTP, Block Kit refused as Slack refuses it, and a page to look at."""

from toban.sandbox.slack.app import create_app
from toban.sandbox.slack.blockkit import validate_message
from toban.sandbox.slack.workspace import Workspace

__all__ = ["Workspace", "create_app", "validate_message"]

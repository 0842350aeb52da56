"""Slack; slack_sdk is known in this package alone."""

from toban.clients.slack.client import Slack
from toban.clients.slack.nouns import Channel, File, Posted, SlackUser
from toban.clients.slack.outcome import SlackUnsure

__all__ = ["Channel", "File", "Posted", "Slack", "SlackUnsure", "SlackUser"]

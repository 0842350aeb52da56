"""Slack; slack_sdk is known in this package alone."""

from toban.clients.slack.client import Slack
from toban.clients.slack.nouns import Channel, Posted, SlackUser
from toban.clients.slack.outcome import SlackUnsure

__all__ = ["Channel", "Posted", "Slack", "SlackUnsure", "SlackUser"]

"""Slack's error codes as sentences that say what to do."""

from typing import Any

from toban.errors import SlackRefused

REFERENCE = "https://docs.slack.dev/reference/methods"
TOKEN_CODES = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
}
NOT_LET_IN = (
    "Slack does not accept the token ({code}); put the bot token (xoxb-…) of an installed app into the "
    "Airflow connection slack_api_default, or into TOBAN_SLACK_TOKEN."
)
SENTENCES = {
    "channel_not_found": (
        "Slack knows no channel {about} that Toban can see; check its name in toban.toml, and if it is "
        "private, invite the bot there: /invite @toban."
    ),
    "not_in_channel": "Toban's bot is not a member of {about}; invite it there: /invite @toban.",
    "is_archived": "The channel {about} is archived; name another one in toban.toml, or unarchive it.",
    "restricted_action": (
        "A workspace setting keeps Toban's bot from posting in {about}; allow it there, or name another "
        "channel."
    ),
    "missing_scope": (
        "{method} needs the scope {needed}; add it to the Slack app (OAuth & Permissions) and install the "
        "app again."
    ),
    "message_not_found": "The message in {about} is gone from Slack; say it again as a new one.",
    "edit_window_closed": (
        "Slack no longer lets the message in {about} be edited; say what is right as a new message."
    ),
}
OTHERWISE = "Slack refused {method} for {about} with {code}{detail}; see {reference}/{method}."


def refusal(method: str, about: str, code: str, body: dict[str, Any]) -> SlackRefused:
    """The error for Slack's answer; ``about`` is the channel or person, as its reader knows it."""
    sentence = NOT_LET_IN if code in TOKEN_CODES else SENTENCES.get(code, OTHERWISE)
    details = body.get("response_metadata", {}).get("messages", [])
    return SlackRefused(
        sentence.format(
            method=method,
            about=about or "this workspace",
            code=code,
            needed=body.get("needed", "(Slack names none)"),
            detail=f" ({'; '.join(details)})" if details else "",
            reference=REFERENCE,
        ),
        code=code,
    )

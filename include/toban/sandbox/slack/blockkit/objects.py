"""Composition objects: text, confirmation, options, filters, triggers. Limits are Slack's documented ones."""

from toban.sandbox.slack.blockkit.rules import (
    Rule,
    all_of,
    anything,
    boolean,
    by_type,
    exactly_one,
    items,
    one_of,
    shape,
    string,
)

ID_CHARACTERS = 255
URL_CHARACTERS = 3000


def text(most: int = 3000, least: int = 1) -> Rule:
    """A text object of either kind."""
    content = string(most, least)
    return by_type(
        {
            "plain_text": shape({"text": content}, {"emoji": boolean}),
            "mrkdwn": shape({"text": content}, {"verbatim": boolean}),
        }
    )


def plain_text(most: int = 3000, least: int = 1) -> Rule:
    """A text object that must be plain."""
    return by_type({"plain_text": shape({"text": string(most, least)}, {"emoji": boolean})})


url = string(URL_CHARACTERS, least=1)
block_id = string(ID_CHARACTERS)
action_id = string(ID_CHARACTERS)

confirmation = shape(
    {"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)


def option(label: Rule) -> Rule:
    """A choice; `label` is plain in menus, of either kind in checkboxes and radio buttons."""
    return shape(
        {"text": label, "value": string(150)},
        {"description": text(75), "url": string(URL_CHARACTERS)},
    )


menu_option = option(plain_text(75))
list_option = option(text(75))
option_group = shape({"label": plain_text(75), "options": items(menu_option, 1, 100)})

conversation_filter = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
dispatch_action_config = shape(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1)}
)
input_parameter = shape({"name": string(), "value": anything})
trigger = shape({"url": url}, {"customizable_input_parameters": items(input_parameter)})
workflow = shape({"trigger": trigger})
slack_file = all_of(shape({}, {"id": string(least=1), "url": url}), exactly_one("id", "url"))

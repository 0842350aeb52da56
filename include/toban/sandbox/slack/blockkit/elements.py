"""Block elements: buttons, menus, inputs and images, each with what Slack requires and allows."""

from collections.abc import Iterator, Mapping
from typing import Any

from toban.sandbox.slack.blockkit.objects import (
    URL_CHARACTERS,
    action_id,
    confirmation,
    conversation_filter,
    dispatch_action_config,
    list_option,
    menu_option,
    option_group,
    plain_text,
    slack_file,
    url,
    workflow,
)
from toban.sandbox.slack.blockkit.rules import (
    Rule,
    all_of,
    anything,
    boolean,
    exactly_one,
    items,
    number,
    one_of,
    problem,
    shape,
    string,
)

_common: Mapping[str, Rule] = {"action_id": action_id, "confirm": confirmation, "focus_on_load": boolean}
_typed: Mapping[str, Rule] = {**_common, "placeholder": plain_text(150)}
_written: Mapping[str, Rule] = {**_typed, "dispatch_action_config": dispatch_action_config}
_many: Mapping[str, Rule] = {"max_selected_items": number(least=1)}
_style = one_of("primary", "danger")
_ids = items(string(least=1))


def _element(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    return shape(required, {**_typed, **optional})


def _static(optional: Mapping[str, Rule]) -> Rule:
    choices: Mapping[str, Rule] = {
        "options": items(menu_option, 1, 100),
        "option_groups": items(option_group, 1, 100),
    }
    return all_of(_element({}, {**choices, **optional}), exactly_one("options", "option_groups"))


def _range_is_upright(value: Any, pointer: str) -> Iterator[str]:
    try:
        upright = float(value["min_value"]) <= float(value["max_value"])
    except (KeyError, TypeError, ValueError):
        return  # one of them is absent, or the shape has refused it already
    if not upright:
        yield problem("min_value must not exceed max_value", pointer)


image = all_of(
    shape(
        {"alt_text": string(2000)}, {"image_url": string(URL_CHARACTERS, least=1), "slack_file": slack_file}
    ),
    exactly_one("image_url", "slack_file"),
)
button = shape(
    {"text": plain_text(75)},
    {
        **_common,
        "url": string(URL_CHARACTERS),
        "value": string(2000),
        "style": _style,
        "accessibility_label": string(75),
    },
)
_date = string(pattern=r"\d{4}-\d{2}-\d{2}")
_time = string(pattern=r"([01]\d|2[0-3]):[0-5]\d")

BUTTONS: Mapping[str, Rule] = {
    "button": button,
    "workflow_button": shape(
        {"text": plain_text(75), "workflow": workflow},
        {"action_id": action_id, "style": _style, "accessibility_label": string(75)},
    ),
}
MENUS: Mapping[str, Rule] = {
    "static_select": _static({"initial_option": menu_option}),
    "external_select": _element({}, {"initial_option": menu_option, "min_query_length": number(0)}),
    "users_select": _element({}, {"initial_user": string()}),
    "channels_select": _element({}, {"initial_channel": string(), "response_url_enabled": boolean}),
    "conversations_select": _element(
        {},
        {
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": conversation_filter,
        },
    ),
    "multi_static_select": _static({**_many, "initial_options": items(menu_option, 1)}),
    "multi_external_select": _element(
        {}, {**_many, "initial_options": items(menu_option, 1), "min_query_length": number(0)}
    ),
    "multi_users_select": _element({}, {**_many, "initial_users": _ids}),
    "multi_channels_select": _element({}, {**_many, "initial_channels": _ids}),
    "multi_conversations_select": _element(
        {},
        {
            **_many,
            "initial_conversations": _ids,
            "default_to_current_conversation": boolean,
            "filter": conversation_filter,
        },
    ),
}
CHOICES: Mapping[str, Rule] = {
    "checkboxes": shape(
        {"options": items(list_option, 1, 10)}, {**_common, "initial_options": items(list_option, 1)}
    ),
    "radio_buttons": shape(
        {"options": items(list_option, 1, 10)}, {**_common, "initial_option": list_option}
    ),
    "datepicker": _element({}, {"initial_date": _date}),
    "timepicker": _element({}, {"initial_time": _time, "timezone": string()}),
    "datetimepicker": shape({}, {**_common, "initial_date_time": number(1_000_000_000, 9_999_999_999)}),
}
OVERFLOW: Mapping[str, Rule] = {
    "overflow": shape(
        {"options": items(menu_option, 1, 5)}, {"action_id": action_id, "confirm": confirmation}
    )
}
WRITTEN: Mapping[str, Rule] = {
    "plain_text_input": shape(
        {},
        {
            **_written,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "email_text_input": shape({}, {**_written, "initial_value": string()}),
    "url_text_input": shape({}, {**_written, "initial_value": string()}),
    "number_input": all_of(
        shape(
            {"is_decimal_allowed": boolean},
            {**_written, "initial_value": string(), "min_value": string(), "max_value": string()},
        ),
        _range_is_upright,
    ),
    "rich_text_input": shape({}, {**_written, "initial_value": anything}),
    "file_input": shape(
        {}, {"action_id": action_id, "filetypes": items(string(least=1), 1), "max_files": number(1, 10)}
    ),
}
URL_SOURCE: Mapping[str, Rule] = {"url": shape({"url": url, "text": string(least=1)})}
INTERACTIVE: Mapping[str, Rule] = {**BUTTONS, **MENUS, **CHOICES, **OVERFLOW}
ACCESSORIES: Mapping[str, Rule] = {**INTERACTIVE, "image": image}
INPUTS: Mapping[str, Rule] = {**MENUS, **CHOICES, **WRITTEN}

"""What a person filled into a modal, in the shape of Slack's `view.state.values`."""

from typing import Any

_SINGLE = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_MANY = {
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}


def field_name(block_id: str, action_id: str) -> str:
    """The form field of an input; a tab stands in neither id."""
    return f"{block_id}\t{action_id}"


def values_of(blocks: list[dict[str, Any]], form: dict[str, str]) -> dict[str, Any]:
    """block_id -> action_id -> what was filled in, for all inputs; several choices are lines in the form."""
    return {
        block["block_id"]: {element["action_id"]: _value(element, form.get(_name(block), ""))}
        for block in blocks
        if block["type"] == "input" and (element := block["element"])
    }


def _name(block: dict[str, Any]) -> str:
    return field_name(block["block_id"], block["element"]["action_id"])


def _value(element: dict[str, Any], filled: str) -> dict[str, Any]:
    kind = element["type"]
    lines = filled.splitlines()
    if kind in _SINGLE:
        return {"type": kind, _SINGLE[kind]: filled or None}
    if kind in _MANY:
        return {"type": kind, _MANY[kind]: lines}
    if "options" in element:
        chosen = [option for option in element["options"] if option["value"] in lines]
        if kind in {"checkboxes", "multi_static_select"}:
            return {"type": kind, "selected_options": chosen}
        return {"type": kind, "selected_option": chosen[0] if chosen else None}
    return {"type": kind, "value": filled or None}

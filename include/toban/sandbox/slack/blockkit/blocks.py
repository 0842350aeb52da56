"""The blocks every Slack app uses: section, header, context, actions, image, input, divider and their kin."""

from collections.abc import Iterator, Mapping
from typing import Any

from toban.sandbox.slack.blockkit.elements import (
    ACCESSORIES,
    INPUTS,
    INTERACTIVE,
    image,
)
from toban.sandbox.slack.blockkit.objects import block_id, plain_text, slack_file, text
from toban.sandbox.slack.blockkit.rich_text import rich_text
from toban.sandbox.slack.blockkit.rules import (
    Rule,
    all_of,
    anything,
    at_least_one,
    boolean,
    by_type,
    exactly_one,
    items,
    one_of,
    problem,
    shape,
    string,
)


def block(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """A block's shape; every block may carry an id."""
    return shape(required, {**(optional or {}), "block_id": block_id})


def list_in(value: Mapping[str, Any], name: str) -> list[Any]:
    """The list under a name; empty if something else stands there, which the shape has refused already."""
    found = value.get(name)
    return found if isinstance(found, list) else []


def _action_ids_differ(value: Any, pointer: str) -> Iterator[str]:
    seen: set[str] = set()
    for place, element in enumerate(list_in(value, "elements")):
        name = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(name, str) and name in seen:
            yield problem(
                f"`action_id` `{name}` already exists in this block", f"{pointer}/elements/{place}/action_id"
            )
        if isinstance(name, str):
            seen.add(name)


_context_text: Mapping[str, Rule] = {
    kind: shape({"text": string(3000, least=1)}, {option: boolean})
    for kind, option in (("mrkdwn", "verbatim"), ("plain_text", "emoji"))
}

CLASSIC: Mapping[str, Rule] = {
    "section": all_of(
        block(
            {},
            {
                "text": text(3000),
                "fields": items(text(2000), 1, 10),
                "accessory": by_type(ACCESSORIES),
                "expand": boolean,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "header": block({"text": plain_text(150)}),
    "divider": block({}),
    "context": block({"elements": items(by_type({**_context_text, "image": image}), 1, 10)}),
    "actions": all_of(block({"elements": items(by_type(INTERACTIVE), 1, 25)}), _action_ids_differ),
    "image": all_of(
        block(
            {"alt_text": string(2000)},
            {"image_url": string(3000, least=1), "slack_file": slack_file, "title": plain_text(2000)},
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "input": block(
        {"label": plain_text(2000), "element": by_type(INPUTS)},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "file": block({"external_id": string(least=1), "source": one_of("remote")}),
    "markdown": block({"text": string(12_000, least=1)}),
    "rich_text": rich_text,
    "video": block(
        {
            "alt_text": string(200, least=1),
            "title": plain_text(200),
            "thumbnail_url": string(least=1),
            "video_url": string(least=1),
        },
        {
            "author_name": string(50),
            "description": plain_text(200),
            "provider_icon_url": string(),
            "provider_name": string(50),
            "title_url": string(),
        },
    ),
    "call": block({"call_id": string(least=1)}, {"call": anything, "api_decoration_available": boolean}),
}

"""Block Kit is refused as Slack refuses it: checked against an independent specification and by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.invalid_cases import BLOCKS, VIEWS
from sandbox.slack.samples import actions, button, section, text
from shared_data import shared_path
from toban.sandbox.slack import validate_message
from toban.sandbox.slack.blockkit import objects, view_problems
from toban.sandbox.slack.blockkit.elements import ACCESSORIES, URL_SOURCE, WRITTEN
from toban.sandbox.slack.blockkit.rich_text import PARTS, RUNS
from toban.sandbox.slack.blockkit.rules import by_type

FOLDERS = {"attachments", "blocks", "elements", "messages", "objects", "rich_text", "views"}
OBJECTS = {
    "confirmation_dialogue": objects.confirmation,
    "conversation_filter": objects.conversation_filter,
    "dispatch_action_configuration": objects.dispatch_action_config,
    "input_parameter": objects.input_parameter,
    "option_group": objects.option_group,
    "option": objects.menu_option,
    "text": objects.text(),
    "trigger": objects.trigger,
    "workflow": objects.workflow,
}


def _object_problems(name: str, value: Any) -> list[str]:
    rule = next(rule for prefix, rule in OBJECTS.items() if name.startswith(prefix))
    return list(rule(value, ""))


CHECKS: dict[str, Callable[[str, Any], list[str]]] = {
    "attachments": lambda _name, value: validate_message({"attachments": [value]}),
    "blocks": lambda _name, value: validate_message({"blocks": [value]}),
    "elements": lambda _name, value: list(by_type({**ACCESSORIES, **WRITTEN, **URL_SOURCE})(value, "")),
    "messages": lambda _name, value: validate_message(value),
    "objects": _object_problems,
    "rich_text": lambda _name, value: list(by_type({**PARTS, **RUNS})(value, "")),
    "views": lambda _name, value: view_problems(value),
}


def _valid_fixtures() -> list[Path]:
    return sorted(shared_path("slack/fixtures/valid").glob("*/*.json"))


def test_every_valid_sample_of_the_specification_is_accepted() -> None:
    refused = {}
    fixtures = _valid_fixtures()
    for path in fixtures:
        value = json.loads(path.read_text(encoding="utf-8"))
        if problems := CHECKS[path.parent.name](path.stem, value):
            refused[path.stem] = problems
    assert refused == {}
    assert {path.parent.name for path in fixtures} == FOLDERS


def test_every_invalid_case_of_the_specification_has_a_payload_here() -> None:
    manifest = json.loads(shared_path("slack/fixtures/invalid/manifest.json").read_text(encoding="utf-8"))
    assert {case["id"] for case in manifest["cases"]} == {*BLOCKS, *VIEWS}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_block_that_breaks_one_constraint_is_refused(name: str) -> None:
    assert validate_message({"blocks": [BLOCKS[name]]})


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_view_that_breaks_one_constraint_is_refused(name: str) -> None:
    assert view_problems(VIEWS[name])


def test_a_refusal_uses_slacks_words_and_points_at_the_place() -> None:
    blocks = [section(text=text("ok")), {"type": "header", "text": text("x" * 151)}]
    assert validate_message({"blocks": blocks}) == [
        "must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_a_message_takes_fifty_blocks_and_no_more() -> None:
    divider = {"type": "divider"}
    assert validate_message({"blocks": [divider] * 50}) == []
    assert validate_message({"blocks": [divider] * 51}) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_blocks_that_are_each_short_enough_can_be_too_long_together() -> None:
    blocks = [section(text=text("x" * 2900)) for _ in range(4)]
    assert validate_message({"blocks": blocks}) == []
    problems = validate_message({"blocks": [*blocks, *blocks[:1]]})
    assert [problem.partition(":")[0] for problem in problems] == ["msg_blocks_too_long"]


def test_japanese_is_counted_in_characters_not_bytes() -> None:
    assert validate_message({"blocks": [section(text=text("当" * 3000, "mrkdwn"))]}) == []


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (section(text=text("x"), colour="red"), "invalid additional property: colour"),
        ({"type": "headline", "text": text("x")}, "unsupported type: headline"),
        ({"text": text("x")}, "missing required field: type"),
        ({"type": "header", "text": text("x", "mrkdwn")}, "unsupported type: mrkdwn"),
        (actions({"type": "button", "action_id": "a"}), "missing required field: text"),
        (actions(button(style="green")), "must be one of: primary, danger"),
        (actions(button(), button()), "already exists in this block"),
        ("a string", "must provide an object"),
    ],
)
def test_a_malformed_block_is_refused_with_its_reason(block: Any, complaint: str) -> None:
    assert complaint in validate_message({"blocks": [block]})[0]


def test_a_message_of_nothing_and_one_of_too_much_text_are_refused_by_their_codes() -> None:
    assert validate_message({"text": "", "blocks": []})[0].startswith("no_text")
    assert validate_message({"text": "x" * 40_001})[0].startswith("msg_too_long")
    assert validate_message({"text": "x" * 40_000}) == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["section", "actions", "table"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "fields", "elements", "rows", "blocks", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(blocks=JSON, attachments=JSON)
def test_nothing_that_json_can_say_upsets_the_validator(blocks: Any, attachments: Any) -> None:
    found = validate_message({"text": "x", "blocks": blocks, "attachments": attachments})
    assert all(isinstance(line, str) for line in found)


def test_a_modal_refuses_what_only_messages_may_hold() -> None:
    markdown = {"type": "markdown", "text": "x"}
    assert view_problems({"type": "modal", "title": text("t"), "blocks": [markdown]})
    assert validate_message({"blocks": [markdown]}) == []

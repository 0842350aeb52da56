"""Messages stay within Slack's limits, whatever is put into them."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.blocks import HeaderBlock, SectionBlock

from toban.domain.message import (
    BLOCKS_CHARACTERS,
    Block,
    Message,
    bold,
    context,
    divider,
    escape,
    fields,
    header,
    link,
    mention,
    section,
)
from toban.domain.mrkdwn import cut

ENTITY_OR_MENTION = re.compile(r"&(?:amp|lt|gt);|<@U[0-9]+>|<https://e\.x/[a-z]+\|[a-z]+>")
PIECES = st.sampled_from(
    ["&amp;", "&lt;", "<@U1234>", "<https://e.x/page|label>", "a", " ", "日本", "\n", "*"]
)


def test_escape_leaves_nothing_that_slack_acts_on() -> None:
    assert escape("<!channel> <@U1> A & B &lt;") == "&lt;!channel&gt; &lt;@U1&gt; A &amp; B &amp;lt;"


@given(st.text())
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_mentions_links_and_bold_are_slacks_own_syntax() -> None:
    assert mention("U123") == "<@U123>"
    assert link("https://e.x/?a=1&b=2|3", "A > B") == "<https://e.x/?a=1&amp;b=2%7C3|A &gt; B>"
    assert bold("A & *B*") == "*A &amp; ∗B∗*"


@given(st.lists(PIECES, max_size=40), st.integers(min_value=5, max_value=60))
def test_a_cut_never_leaves_half_an_entity_mention_or_link(pieces: list[str], limit: int) -> None:
    text = "".join(pieces)
    kept = cut(text, limit)

    assert len(kept) <= limit
    assert not set(ENTITY_OR_MENTION.sub("", kept)) & set("&<>|")
    if len(text) > limit:
        assert kept.endswith("…")
        assert text.startswith(kept.removesuffix("…"))
    else:
        assert kept == text


def test_a_mention_that_does_not_fit_is_left_out_whole() -> None:
    assert cut("Ask <@U12345678> now", 10) == "Ask …"


def test_a_code_block_left_open_by_a_cut_is_closed() -> None:
    code = "```\n" + "x" * 50 + "\n```"
    assert cut(code, 20) == "```\n" + "x" * 12 + "…```"
    assert cut("```a``` " + "x" * 50, 20) == "```a``` " + "x" * 11 + "…"
    assert cut("x" * 10 + "```code```", 14) == "x" * 10 + "…"


@pytest.mark.parametrize(
    ("block", "length", "most"),
    [
        (header("&" * 500), lambda block: len(block["text"]["text"]), 150),
        (section("x" * 5000), lambda block: len(block["text"]["text"]), 3000),
        (fields(["x" * 5000] * 2), lambda block: len(block["fields"][0]["text"]), 2000),
        (fields(["x"] * 30), lambda block: len(block["fields"]), 10),
        (context(["x"] * 30), lambda block: len(block["elements"]), 10),
    ],
)
def test_each_block_is_cut_to_slacks_limit(block: Block, length: Callable[[Block], int], most: int) -> None:
    assert most - 5 <= length(block) <= most
    SlackBlock.parse(block).validate_json()


def test_what_was_left_out_of_a_list_shows_as_an_ellipsis() -> None:
    kept = [field["text"] for field in fields([str(number) for number in range(11)])["fields"]]
    assert kept == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "…"]
    assert fields(["0", "1"])["fields"][-1]["text"] == "1"


def test_a_header_is_plain_text_and_escaped() -> None:
    assert header("A <!here> & B")["text"] == {"type": "plain_text", "text": "A &lt;!here&gt; &amp; B"}


def test_empty_texts_are_blocks_that_slack_takes() -> None:
    for block in (header(""), section(""), fields([""]), context([""]), divider()):
        SlackBlock.parse(block).validate_json()
    assert isinstance(SlackBlock.parse(header("")), HeaderBlock)
    assert isinstance(SlackBlock.parse(section("")), SectionBlock)


def test_an_ordinary_message_is_one_part() -> None:
    message = Message("Hello", (header("Hello"), section("World")))
    assert message.parts() == (message,)
    assert Message("Hello").parts() == (Message("Hello"),)


def test_more_than_fifty_blocks_become_several_messages_with_the_same_text() -> None:
    parts = Message("T", tuple(section(str(number)) for number in range(120))).parts()

    assert [len(part.blocks) for part in parts] == [50, 50, 20]
    assert {part.text for part in parts} == {"T"}


@given(st.lists(st.integers(min_value=0, max_value=3000), min_size=1, max_size=30))
def test_no_part_is_longer_than_slack_takes_and_nothing_is_lost(lengths: list[int]) -> None:
    blocks = tuple(section("x" * length) for length in lengths)
    parts = Message("T", blocks).parts()

    assert tuple(block for part in parts for block in part.blocks) == blocks
    for part in parts:
        assert part.blocks
        assert sum(len(block["text"]["text"]) for block in part.blocks) < BLOCKS_CHARACTERS


def test_a_long_fallback_text_is_cut() -> None:
    [part] = Message("x" * 10_000).parts()
    assert len(part.text) == 4000

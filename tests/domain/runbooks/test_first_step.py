import pytest
from hypothesis import given
from hypothesis import strategies as st

from toban.domain.runbooks.first_step import LONGEST, first_step


@pytest.mark.parametrize(
    ("markdown", "step"),
    [
        ("1. Run `df -h` first.\n2. Then more.", "Run `df -h` first."),
        ("- [ ] **Stop** the _job_ with `kill *pid*`\n- next", "Stop the job with `kill *pid*`"),
        ("* See [the graph](https://example.com/a_b)\n  and wait.\n\n  More.", "See the graph and wait."),
        ("First this,\nthen that.\n\nAnother paragraph.", "First this, then that."),
        ("1. 不要なログを\n   消します。\n2. 次", "不要なログを消します。"),
        ("### In a hurry\n\nRoll back.", "Roll back."),
        ("```\n# comment `x`\nmore\n```", "`# comment x`"),
        ("1. Look:\n   ```\n   df\n   ```", "Look:"),
        ("1. Look\n   - closely", "Look"),
        ("set max_connections in a_file_b", "set max_connections in a_file_b"),
        ("", ""),
        ("\n\n", ""),
    ],
)
def test_the_first_thing_to_do_is_plain_text_with_its_code(markdown, step):
    assert first_step(markdown) == step


def test_a_long_step_is_cut_and_its_code_closed():
    step = first_step("Run `" + "x" * 500 + "` now")
    assert len(step) <= LONGEST
    assert step.endswith("x`…")


@given(st.text(alphabet="ab`*_[]()#-1. \n~!|", max_size=300))
def test_any_markdown_gives_one_short_line(markdown):
    step = first_step(markdown)
    assert len(step) <= LONGEST
    assert "\n" not in step

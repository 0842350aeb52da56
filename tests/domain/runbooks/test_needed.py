import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks.needed import needed


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"Disk .*9\d%", ("disk ", "9", "%")),
        (r"disks? full", ("disk", " full")),
        (r"ab+c", ("ab", "c")),
        (r"5\.0{2}x", ("5.", "x")),
        (r"host-(db|web)[0-9]+ down", ("host-", " down")),
        (r"[a\]b]y", ("y",)),
        (r"[a[b]]y", ()),
        (r"^ディスク.*full$", ("ディスク", "full")),
        (r"disk|tape", ()),
        (r"(?i)disk", ()),
        (r"\x41b", ()),
        (r"[]a]b", ()),
        (r"naïve", ("na", "ve")),
    ],
)
def test_what_must_be_there_is_read_off_the_pattern(pattern, parts):
    assert needed(pattern) == parts


PIECES = [*"aBkßー.()|*+?{}^$#\\9 ", "(?:", "(?i)", "(?-i)", "(?x)", "*?", "{2}", "{0,1}"]
PIECES += [r"\.", r"\d", r"\w", r"\b", r"\pL", r"\x61", r"\<", "[ab]", "[^a]", "[]a]", "[a[b]]", r"[a\]]"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.text(alphabet="aBbkKß ー.d9#[]{}\n", max_size=12),
)
@example("ab?", "xA")
def test_where_a_pattern_is_found_there_is_what_it_needs(pattern, text):
    try:
        found_in = compile_pattern(pattern)
    except ValueError:
        return
    if found_in(text):
        assert all(part in text.lower() for part in needed(pattern))

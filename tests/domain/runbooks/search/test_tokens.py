"""What a text is searched by."""

from hypothesis import given
from hypothesis import strategies as st

from toban.domain.runbooks.search.tokens import surfaces, tokens


def alone(text: str) -> list[str]:
    """Without the compounds as a whole."""
    return [token for token in tokens(text) if token[0] != "="]


def test_names_are_taken_apart_and_also_stand_as_a_whole():
    assert tokens("KubeNodeDown") == ["kub", "nod", "down", "=kubenodedown"]
    assert alone("redis-cache disk_full HTTPErrorRate") == [
        *("redi", "cach", "disk", "full"),
        *("http", "error", "rat"),
    ]
    assert "=rediscache" in tokens("redis-cache")
    assert "=rediscache" in tokens("RedisCache")


def test_endings_make_no_other_word():
    assert {*alone("failed"), *alone("failing"), *alone("fails"), *alone("failures")} == {"fail"}
    assert alone("stopped stopping stops") == ["stop"] * 3


def test_numbers_and_words_that_say_nothing_are_left_out_but_not_what_alerts_are_about():
    assert alone("the disk of 10 is down and not up 95 %") == ["disk", "down", "not", "up"]


def test_japanese_is_searched_by_pairs_of_characters_beside_latin_words():
    assert alone("CPU使用率") == ["cpu", "使用", "用率"]
    assert alone("ディスク") == alone("ﾃﾞｨｽｸ") == ["ディ", "ィス", "スク"]
    assert alone("火") == ["火"]


def test_marks_that_are_not_seen_take_no_word_apart():
    assert tokens("di\u200bsk \u202efull\u202c") == tokens("disk full")


def test_a_hash_or_an_id_is_no_word():
    assert tokens("a1" * 40) == []


def test_words_are_shown_as_they_were_written():
    assert surfaces("DiskFilling")["fill"] == "Filling"
    assert surfaces("DiskFilling")["=diskfilling"] == "DiskFilling"


@given(st.text(max_size=200))
def test_any_text_gives_words_that_are_all_shown_by_something(text):
    shown = surfaces(text)
    assert all(shown[token] for token in tokens(text))

from runbook_library import found, library
from toban.domain.runbooks.nouns import AlertText, Reason
from toban.domain.runbooks.search.memory import Confirmed
from toban.domain.runbooks.words import address, explained, explained_find
from toban.locale import language


def test_a_reason_is_said_in_both_languages():
    kinds = ("pattern", "phrase", "keyword", "service", "tool", "severity")
    said = [[explained(Reason(kind, "a {b}"), language(code)) for kind in kinds] for code in ("en", "ja")]
    assert said[0] == [f"{kind} “a {{b}}”" for kind in kinds]
    names = ("正規表現", "語句", "キーワード", "サービス", "監視ツール", "重大度")
    assert said[1] == [f"{name}「a {{b}}」" for name in names]


def test_the_address_is_that_of_the_file_below_the_base():
    base = "https://git.example.com/ops/blob/main/runbooks/"
    assert address("disk-full.ja.md", base) == base + "disk-full.ja.md"
    assert address("nodes/disk full#1.md", base) == base + "nodes/disk%20full%231.md"
    assert address("disk-full.md", None) is None


def test_why_a_runbook_was_found_is_said_in_both_languages():
    helped, wrong = (
        Confirmed(AlertText("NodeClockSkew"), "nodes/NodeClockSkew", good, "Q") for good in (1, 0)
    )
    (best, *_) = found("NodeClockSkew", library(helped, helped, helped, wrong))
    assert explained_find(best, language("en")) == [
        "words in common: NodeClockSkew",
        "helped 3 times in such alerts",
        "was wrong 1 time in such alerts",
    ]
    assert explained_find(best, language("ja")) == [
        "共通する語: NodeClockSkew",
        "同様のアラートで 3 回役に立った",
        "同様のアラートで 1 回、合わないと判定された",
    ]

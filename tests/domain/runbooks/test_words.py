from dataclasses import replace

from runbook_samples import runbook
from toban.domain.runbooks.nouns import Reason
from toban.domain.runbooks.words import address, explained
from toban.locale import language


def test_a_reason_is_said_in_both_languages():
    kinds = ("pattern", "phrase", "keyword", "service", "tool", "severity")
    said = [[explained(Reason(kind, "a {b}"), language(code)) for kind in kinds] for code in ("en", "ja")]
    assert said[0] == [f"{kind} “a {{b}}”" for kind in kinds]
    names = ("正規表現", "語句", "キーワード", "サービス", "監視ツール", "重大度")
    assert said[1] == [f"{name}「a {{b}}」" for name in names]


def test_the_address_is_that_of_the_version_in_the_readers_language():
    english = runbook("disk-full", "disk")
    japanese = replace(english.versions[0], language="ja", file="disk-full.ja.md")
    both = replace(english, versions=(*english.versions, japanese))
    base = "https://git.example.com/ops/blob/main/runbooks/"
    assert address(both, "ja", base) == base + "disk-full.ja.md"
    assert address(english, "ja", base) == base + "disk-full.md"
    assert address(both, "ja", None) is None

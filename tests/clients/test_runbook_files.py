"""Runbooks as people leave them in a directory: good, half done, or made to do harm."""

import os
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook_samples import ENGLISH, JAPANESE, shelf, text
from toban.clients.runbook_files import LARGEST_FILE, load_runbooks
from toban.clients.runbook_front_matter import FrontMatterError, read_front_matter
from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks import AlertText, match


def problems(found):
    return [(each.file, each.line, each.level, each.kind) for each in found.problems]


def test_both_languages_of_a_runbook_share_their_rules(tmp_path):
    found = shelf(
        tmp_path,
        disk_full=text(keywords="[disk full]", services="[P1]"),
        disk_full__ja=text(JAPANESE, title="ディスク不足", keywords="[ディスク不足]"),
    )
    (one,) = found.runbooks
    assert (one.id, [version.file for version in one.versions]) == (
        "disk-full",
        ["disk-full.md", "disk-full.ja.md"],
    )
    assert [each.written for each in one.rules.keywords] == ["disk full", "ディスク不足"]
    assert one.rules.services == {"p1"}
    assert (one.version("ja").title, one.version("en").title) == ("ディスク不足", "Disk full")
    assert one.version("en").first_step == "Run `df -h`."
    assert one.version("ja").sections.mitigation == "1. `df -h` を実行します。"
    assert not found.problems


def test_a_runbook_in_one_language_is_read_by_everybody(tmp_path):
    (one,) = shelf(tmp_path, disk_full__ja=text(JAPANESE)).runbooks
    assert one.version("en").language == "ja"


def test_the_head_may_come_from_windows_and_its_values_stay_texts(tmp_path):
    content = text(title="0x10", keywords="yes", owner="null", patterns="['5\\d\\d']").replace("\n", "\r\n")
    (tmp_path / "http.md").write_bytes(b"\xef\xbb\xbf" + content.encode())
    (one,) = load_runbooks(tmp_path).runbooks
    assert (one.versions[0].title, one.versions[0].owner) == ("0x10", "null")
    assert [rule.written for rule in one.rules.patterns] == [r"5\d\d"]
    assert one.versions[0].sections.meaning == "m"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (text(serverity="[error]"), 6, "serverity: is not a known key"),
        (text(owner=None), 1, "owner: is required"),
        (text(title="[a, b]"), 2, "title: is a list"),
        (text(owner="''"), 4, "owner: is empty"),
        (text(owner="x\ntitle: again"), 5, "title: stands here a second time"),
        (text(reviewed="last week"), 5, "'last week' is not a day"),
        (text(severity="\n- error\n- fatal"), 8, "'fatal' is none of info"),
        (text(keywords="[' - ']"), 3, "has neither letter nor digit"),
        (text(keywords=None), 1, "has no rule"),
        (text(keywords=None, severity="[error]"), 1, "has no rule"),
        (text(keywords="\n- a\n- b: c"), 5, "is nested"),
        (text(keywords="[&a disk]"), 3, "anchor or alias"),
        (text(keywords="[*a]"), 3, "anchor or alias"),
        (text(keywords="[a, b"), 4, "is not YAML here"),
        (text(title="!!python/object/apply:os.system ['exit']"), 2, "title: is a list"),
        (text(patterns=r"['(?=x)']"), 6, "look-around"),
        (text(patterns=r"['(a{50}b){50}']"), 6, "has 2550 parts"),
        (text(patterns=r"['x*']"), 6, "found in every text"),
        (text(patterns=f"['{'x' * 201}']"), 6, "has 201 characters"),
        (text(keywords=str(["k"] * 51)), 3, "has 51 values"),
        (text(ENGLISH.replace("## Impact\ni\n", "")), 7, "no section “## Impact”"),
        (text(ENGLISH.replace("## Impact\ni\n", "## Impact\n\n")), 10, "nothing in the section “impact”"),
        (text(ENGLISH + "## Impact\nagain\n"), 19, "a second time"),
        (text(ENGLISH.replace("## Impact\n", "```\n## Impact\n```\n")), 7, "no section “## Impact”"),
        ("no head", 1, "does not begin with a head"),
        ("---\n---\n" + ENGLISH, 2, "has no keys"),
        ("---\n- a\n---\n" + ENGLISH, 2, "has no keys"),
        ("---\ntitle: \x07\n---\n" + ENGLISH, 2, "characters YAML does not allow"),
        ("---\n" + "x: y\n" * 2_000 + "---\n", 1, "8192 characters at most"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_breaks_no_other_runbook(tmp_path, content, line, words):
    found = shelf(tmp_path, bad=content, good=text())
    assert [each.id for each in found.runbooks] == ["good"]
    assert {(each.file, each.level, each.kind) for each in found.problems} == {("bad.md", "error", "invalid")}
    told = [(each.line, each.text) for each in found.problems]
    assert any(at == line and words in said for at, said in told), told


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    found = shelf(tmp_path, bad=text("## Meaning\nm\n", owner=None, reviewed="x", colour="red"))
    assert len(found.problems) == 6


@pytest.mark.parametrize("name", ["Disk Full.md", "disk_full.md", "disk-full.de.md", "-.md"])
def test_a_name_that_is_no_runbooks_is_told(tmp_path, name):
    (tmp_path / name).write_text(text())
    assert problems(load_runbooks(tmp_path)) == [(name, 1, "error", "invalid")]


def test_a_readme_and_other_files_are_left_alone(tmp_path):
    for name in ("README.md", "README.ja.md", "notes.txt", ".gitkeep"):
        (tmp_path / name).write_text("hello")
    assert load_runbooks(tmp_path).problems == ()


def test_what_cannot_be_read_is_told_and_waited_for_by_nobody(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "gone.md").symlink_to("nowhere")
    (tmp_path / "large.md").write_bytes(b"x" * (LARGEST_FILE + 1))
    (tmp_path / "latin.md").write_bytes("---\ntitle: é".encode("latin-1"))
    names = ["folder.md", "gone.md", "large.md", "latin.md", "pipe.md"]
    assert [each.file for each in load_runbooks(tmp_path).problems] == names


def test_a_missing_directory_is_one_problem_with_the_next_step(tmp_path):
    (problem,) = load_runbooks(tmp_path / "none").problems
    assert "runbooks.directory" in problem.text


def test_one_broken_language_leaves_the_other(tmp_path):
    found = shelf(tmp_path, disk=text(), disk__ja=text(ENGLISH))
    assert [version.language for version in found.runbooks[0].versions] == ["en"]
    assert {each.file for each in found.problems} == {"disk.ja.md"}


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)*(.*)*(.*)*x", r"(\w+\s?)+$y", "(x+x+)+y", r"(((\w?){9}){9})q",
     r"[ab]*a[ab]{99}c", r"\w*" * 60 + "!"],
)  # fmt: skip
def test_no_pattern_hangs_on_any_text(pattern):
    found_in = compile_pattern(pattern)
    begun = perf_counter()
    for hostile in ("a" * 5_000 + "!", "ab" * 2_500, "ディスク" * 1_250):
        found_in(hostile)
    assert perf_counter() - begun < 20  # measured: 0.1 s at worst; what hangs takes years


def test_a_pattern_that_cannot_be_used_is_found_nowhere_at_night(tmp_path):
    shelf(tmp_path, disk=text(patterns="['(?=x)', 'x*', 'full (at|by) 9']"))
    (one,) = load_runbooks(tmp_path).runbooks
    assert [rule.found_in("disk full by 90%") for rule in one.rules.patterns] == [False, False, True]
    assert [reason.kind for reason in match(AlertText("x disk full by 90%"), [one])[0].reasons] == [
        "pattern",
        "phrase",
    ]


@given(st.text(max_size=200))
def test_any_pattern_is_compiled_or_refused_in_words(pattern):
    told = None
    try:
        found = compile_pattern(pattern)("disk full")
    except ValueError as error:
        told = str(error)
    assert told.endswith(".") if told else found in {True, False}


@given(st.text(max_size=200) | st.text(alphabet="[]{}&*!a:-,'\"|>\n #?%", max_size=80))
@settings(max_examples=300)
def test_any_head_is_read_or_refused_with_a_line(head):
    try:
        lines = [entry.key.line for entry in read_front_matter(head, 2)]
    except FrontMatterError as error:
        lines = [error.fault.line]
    assert all(2 <= line <= 2 + len(head) for line in lines)


def test_a_thousand_levels_of_brackets_are_refused_at_the_second(tmp_path):
    found = shelf(tmp_path, deep=text(keywords="[" * 4_000))
    assert "is nested" in found.problems[0].text


def test_a_hostile_title_stays_the_text_it_is(tmp_path):
    found = shelf(tmp_path, evil=text(title="'<!channel> {x} <script>'"))
    (one,) = match(AlertText("disk full"), found.runbooks)
    assert one.runbook.versions[0].title == "<!channel> {x} <script>"


def test_a_draft_is_never_used_and_needs_neither_owner_nor_review(tmp_path):
    found = shelf(
        tmp_path, disk_full=text(draft="true", owner=None, reviewed=None), other=text(draft="false")
    )
    assert [each.id for each in found.runbooks] == ["other"]
    assert [(each.file, each.level, each.kind) for each in found.problems] == [
        ("disk-full.md", "warning", "draft")
    ]


def test_a_draft_is_checked_like_any_other_file(tmp_path):
    found = shelf(tmp_path, one=text(draft="yes"), two=text("## Meaning\nm\n", draft="true"))
    assert found.runbooks == ()
    assert {(each.file, each.kind) for each in found.problems} == {
        ("one.md", "invalid"),
        ("two.md", "invalid"),
    }
    assert "draft: 'yes' is neither true nor false." in [each.text for each in found.problems]

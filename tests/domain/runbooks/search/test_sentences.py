"""A page that says in a sentence what an alert says."""

import pytest

from runbook_library import library
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.scoring import asked, scores
from toban.domain.runbooks.search.sentences import likeness, sentences
from toban.domain.runbooks.search.tokens import tokens


def alike(title: str, text: str) -> float:
    return likeness(tokens(title), map(tokens, sentences(text)), lambda _: 2.0)


def test_a_text_falls_into_sentences_paragraphs_items_headings_and_rows():
    text = "One goes. Two\nstays! 三。四\n\nFive\n  \nSix\n- seven\n# eight\n| nine |"
    assert sentences(text) == [
        *("One goes.", "Two\nstays!", "三。", "四", "Five"),
        *("Six", "- seven", "# eight", "| nine |"),
    ]


def test_the_best_sentence_counts_and_how_much_of_both_is_the_same():
    assert alike("disk full", "Disk full. Nothing else.") == pytest.approx(2 * 4 / (5 + 4 + 4))
    assert alike("disk full", "Disk full now.") == pytest.approx(2 * 4 / (5 + 4 + 6))
    assert alike("disk full", "The disk. It is full.") == pytest.approx(2 * 2 / (5 + 4 + 2))
    assert alike("disk full", "tape torn") == alike("", "tape torn") == alike("disk full", "") == 0


def test_a_compound_counts_by_its_parts_alone():
    assert alike("DiskFull", "disk full") == alike("disk full", "DiskFull") == alike("disk full", "disk full")


def test_words_in_one_sentence_win_over_the_same_words_across_a_page():
    files = {
        "a.md": "# Notes\nThe replica is down. The lag of reports is known. It grows every year.\n",
        "b.md": "# Notes\nThe lag of the replica grows. Reports are down. It is known every year.\n",
    }
    scattered, told = scores(library(files=files).index, asked(AlertText("Replica lag grows")))
    assert 0 < scattered < told - 0.5

"""Alerts that mean harm: bounded work, and nobody else's template, likeness or novelty is touched."""

import re

import pytest

from hostile_texts import MEGABYTE, ORDERS, PIECES, repeated, steps
from toban.domain.triage import likeness, masks, template
from toban.domain.triage.likeness import grams, likenesses
from toban.domain.triage.template import LONGEST

KNOWN = ["Disk of db-1 is 91% full", "Queue of orders grows: 1200", "決済APIの応答遅延: 12秒"]
MOST_CALLS = 60_000  # of a template: some 600 words, each tried by some dozen patterns, in a few rounds


def test_hostile_texts_change_no_other_alerts_template_or_likeness():
    before = [template.template(each) for each in KNOWN], likenesses(KNOWN[0], KNOWN[1:])
    for order in (*ORDERS, *repeated(LONGEST)):
        template.template(order)
        likenesses(order, [*KNOWN, order])
    assert ([template.template(each) for each in KNOWN], likenesses(KNOWN[0], KNOWN[1:])) == before


@pytest.mark.parametrize("order", ORDERS)
def test_a_hostile_alerts_template_can_be_kept_anywhere(order):
    kept = template.template(order)
    assert kept.encode("utf-8").decode() == kept
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", kept)
    assert template.template(kept) == kept


@pytest.mark.parametrize("order", ORDERS)
def test_a_hostile_alert_is_like_itself_alone(order):
    assert max(likenesses(order, KNOWN)) < 0.5
    assert likenesses(order, [order]) == [1.0]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_makes_more_than_so_much_work(piece):
    text = piece * (MEGABYTE // len(piece))
    template._masked.cache_clear()
    likeness._grams.cache_clear()
    assert steps(lambda: template.template(text)) <= MOST_CALLS
    assert steps(lambda: grams(text)) <= MOST_CALLS


def test_what_is_remembered_of_a_long_text_is_its_beginning():
    texts = [f"{piece * (MEGABYTE // len(piece))}{n}" for n, piece in enumerate(PIECES)]
    template._masked.cache_clear()
    for text in texts:
        assert template.template(text) == template.template(text[:LONGEST])
    assert template._masked.cache_info().currsize <= len(texts)


def test_every_pattern_of_a_word_gives_up_on_the_longest_one():
    """One that tries every way to take such a text apart would never come back."""
    patterns = [*(pattern for pattern, _ in masks.WORDS), masks.KEPT, masks.JOINED, masks.MACHINE]
    taken = {text[0] for text in repeated(LONGEST) for one in patterns if one.fullmatch(f"{text}/")}
    assert taken == {"/"}  # a path


def test_a_machines_name_of_many_parts_is_a_name_and_no_riddle():
    assert template.template("host " + "a_" * 400 + "a is down") == "host <name> is down"
    assert "<name>" not in template.template("host " + "a_" * 400 + "a%b is down")

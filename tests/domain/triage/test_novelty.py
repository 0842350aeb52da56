from datetime import timedelta

import pytest

from toban.domain.triage.nouns import Frequency, Known
from toban.domain.triage.novelty import novelty
from toban.domain.triage.template import template
from triage_samples import NOW, asked

DISK, QUEUE = template("Disk full on web-1: 9%"), template("Queue of web-1 is long: 9%")


def known(name, service_id="S1", incidents=3, days=10):
    return Known(name, service_id, incidents, NOW - timedelta(days=days), NOW - timedelta(days=1))


def test_a_template_that_no_service_had_is_new_and_shows_what_comes_nearest():
    found = novelty(asked("Disk is full on web-7: 91%"), [known(DISK), known(QUEUE)], 0, 12)
    assert found.new
    shared, nearest = found.nearest
    assert nearest.template == DISK
    assert 0.7 < shared < 1


def test_a_text_like_nothing_has_no_nearest():
    assert novelty(asked("証明書の期限切れ"), [known(DISK)], 0, 12).nearest is None


def test_another_services_alert_is_not_new_and_the_own_service_is_named_first():
    found = novelty(asked(), [known(QUEUE, "S2", 90), known(QUEUE, "S1"), known(DISK)], 1, 12)
    assert not found.new
    assert [one.service_id for one in found.seen] == ["S1", "S2"]
    assert found.nearest is None


@pytest.mark.parametrize(
    ("recent", "of", "frequency"),
    [
        (0, 40, Frequency.ANOMALY),
        (0, 0, Frequency.ANOMALY),
        (2, 40, Frequency.RARE),
        (3, 40, Frequency.USUAL),
        (7, 40, Frequency.USUAL),
        (8, 40, Frequency.FREQUENT),
    ],
)
def test_pagerdutys_classes_by_the_share_of_the_services_incidents(recent, of, frequency):
    assert novelty(asked(), [known(QUEUE)], recent, of).frequency is frequency

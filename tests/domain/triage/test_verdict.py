from datetime import timedelta

import pytest

from toban.domain.triage.features import NAMES
from toban.domain.triage.model import STALE, Model
from toban.domain.triage.nouns import Verdict
from toban.domain.triage.shares import Share, Shares
from toban.domain.triage.verdict import ENOUGH, Reason, judge
from triage_samples import NOW, asked, past

QUIET = Shares(Share(48, 50), Share(40, 50))
LIKE = [past(hours, "Queue is long", minutes) for hours, minutes in enumerate([3, 4, 5, 6, 50], 1)]


def model(bias=5.0, checked_at=NOW):
    return Model("v1", bias, (0.0,) * len(NAMES), checked_at)


def judged(shares=QUIET, *, new=False, by=None, **alert):
    return judge(asked(**alert), shares, LIKE, new=new, model=by or model(), now=NOW)


def test_what_mostly_ended_by_itself_likely_does_so_again_and_says_after_how_long():
    found = judged()
    assert found.verdict is Verdict.BY_ITSELF
    assert found.reason is Reason.HISTORY
    assert found.probability == pytest.approx(0.9933, abs=1e-4)
    assert (found.usual, found.within) == (timedelta(minutes=5), timedelta(minutes=6))


@pytest.mark.parametrize(
    ("bias", "verdict"),
    [(2.3, Verdict.BY_ITSELF), (2.1, Verdict.UNSURE), (0.1, Verdict.UNSURE), (-0.1, Verdict.NEEDS_ACTION)],
)
def test_the_verdict_follows_the_probability(bias, verdict):
    assert judged(by=model(bias)).verdict is verdict


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"new": True}, Reason.NEW),
        ({"shares": Shares(Share(ENOUGH - 1, ENOUGH - 1), Share(50, 50))}, Reason.THIN),
        ({"priority": "P1"}, Reason.PRIORITY),
        ({"priority": "SEV-2"}, Reason.PRIORITY),
        ({"priority": "Critical"}, Reason.PRIORITY),
        ({"priority": "緊急"}, Reason.PRIORITY),
        ({"by": model(checked_at=NOW - STALE - timedelta(seconds=1))}, Reason.STALE_MODEL),
    ],
)
def test_what_is_not_known_well_needs_a_person_whatever_the_model_says(changed, reason):
    found = judged(**changed)
    assert (found.verdict, found.reason) == (Verdict.NEEDS_ACTION, reason)


def test_without_a_model_every_alert_needs_a_person():
    found = judge(asked(), QUIET, LIKE, new=False, model=None, now=NOW)
    assert (found.verdict, found.reason) == (Verdict.NEEDS_ACTION, Reason.NO_MODEL)
    assert found.probability is None


@pytest.mark.parametrize("priority", [None, "P3", "P4", "SEV5", "low", "info", ""])
def test_an_ordinary_priority_is_judged_by_history(priority):
    assert judged(priority=priority).reason is Reason.HISTORY


def test_incidents_that_people_said_needed_nobody_are_counted_apart():
    said = [
        past(9, "Queue is long", 300, by_itself=False, needed=False),
        past(8, "Queue is long", needed=True),
    ]
    found = judge(asked(), QUIET, [*LIKE, *said], new=False, model=model(), now=NOW)
    assert found.said == 1
    assert found.within == timedelta(minutes=6)
    assert [each.transient for each in said] == [True, False]

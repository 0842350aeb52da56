"""Alerts and files that mean harm: each changes its own answer at most, and makes bounded work."""

import pytest

from hostile_texts import MEGABYTE, ORDERS, PIECES, repeated, steps
from runbook_library import FILES, found, ids, library
from runbook_samples import runbook
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.memory import Confirmed
from toban.domain.runbooks.search.pages import LONGEST_BODY, read_page
from toban.domain.runbooks.search.tokens import tokens

LIBRARY = library()
ASKED = "NodeClockSkew on db-1"
RULED = tuple(runbook(name, "clock", "disk full", services=("shop",)) for name in ("clock", "disk"))
FILE = 64 * 1024  # characters of a file that are read


def told(of=LIBRARY) -> list[tuple[str, float, tuple[str, ...]]]:
    return [(each.page.id, each.confidence, tuple(each.words)) for each in found(ASKED, of)]


@pytest.mark.parametrize("order", ORDERS)
def test_what_a_hostile_alert_says_changes_no_other_alerts_answer(order):
    before = told()
    found(order, LIBRARY, order * 100)
    found(f"{ASKED} {order}", LIBRARY)
    assert told() == before


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_in_the_details_moves_no_runbook_to_the_first_place(order):
    assert ids(found(ASKED, LIBRARY, order))[0] == "nodes/NodeClockSkew"


@pytest.mark.parametrize("order", ORDERS)
def test_a_confirmed_hostile_alert_speaks_for_itself_alone(order):
    poisoned = library(*(Confirmed(AlertText(order, order), "certificates", origin=order) for _ in range(50)))
    assert told(poisoned) == told()


@pytest.mark.parametrize("order", ORDERS)
def test_a_hostile_file_is_a_page_like_any_other(order):
    mixed = library(files=FILES | {"evil.md": f"# {order}\n{order}\n" * 200})
    assert ids(found(ASKED, mixed)) == ids(found(ASKED, LIBRARY))


@pytest.mark.parametrize("piece", PIECES[::6])
def test_a_megabyte_of_details_makes_no_more_work_than_its_beginning(piece):
    long, short = ("x" + piece * (size // len(piece)) for size in (MEGABYTE, 10_000))
    work = [steps(lambda body=body: found(ASKED, LIBRARY, body)) for body in (short, short, long)]
    assert work[2] <= work[1] + 100


@pytest.mark.parametrize("piece", PIECES[::6])
def test_rules_read_a_text_that_is_twice_as_long_in_twice_the_steps_at_most(piece):
    short, long = (AlertText(piece * 2_000 * times, "") for times in (1, 2))
    work = [steps(lambda alert=alert: match(alert, RULED)) for alert in (short, long)]
    assert work[1] <= 2 * work[0] + 100


def test_a_file_of_anything_becomes_a_page_that_is_searched_by_its_beginning():
    for text in (*repeated(FILE), *(order * 700 for order in ORDERS)):
        page = read_page("odd.md", text[:FILE])
        assert len(page.body) <= LONGEST_BODY
        assert len(tokens(page.body)) <= 4 * LONGEST_BODY  # NFKC makes several words of one character

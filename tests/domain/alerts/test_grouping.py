"""Which incidents share a message, and that none is lost or named twice."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.alerts.incidents import ACTING, LEVELS, at, incident
from toban.domain.alerts.actions import Call, Open, Part, Remind
from toban.domain.alerts.group_actions import next_group_actions
from toban.domain.alerts.grouping import HEAD, PART, New, Place, Storm, new_threads
from toban.domain.alerts.nouns import Alert, Form, Incident, Round, Status, Thread

PLACE = Place("payments", "#payments")
FRESH = timedelta(minutes=15)


def new(number: int, minutes: float = 0, status: Status = Status.TRIGGERED) -> New:
    one = incident(id=f"Q{number}", number=number, created_at=at(minutes), status=status)
    return New(one, Round(0, at(minutes), at(minutes), ("PAIKO",), 1), Alert())


def threads(found: list[New], storm: Storm | None = None, minutes: float = 0) -> list[Thread]:
    return new_threads(found, PLACE, storm, threshold=10, fresh=FRESH, now=at(minutes))


def test_below_the_threshold_each_stands_alone() -> None:
    made = threads([new(number) for number in range(9)])
    assert {thread.form for thread in made} == {Form.OWN}
    assert made[3].root == "alert:Q3"


def test_from_the_threshold_on_they_share_the_message_of_the_first() -> None:
    made = threads([new(number) for number in range(10)])
    assert {(thread.form, thread.root, thread.part) for thread in made} == {(Form.STORM, "storm:Q0", 0)}


@given(st.integers(10, 500))
def test_a_storm_names_everyone_once_and_no_message_too_many(count: int) -> None:
    made = threads([new(number) for number in range(count)])
    sizes = [sum(thread.part == part for thread in made) for part in range(made[-1].part + 1)]
    assert [thread.number for thread in made] == list(range(count))
    assert all(size in {HEAD if part == 0 else PART, sizes[-1]} for part, size in enumerate(sizes))
    assert max(sizes[1:], default=0) <= PART
    assert all(earlier.part <= later.part for earlier, later in pairwise(made))


def test_a_storm_that_lasts_takes_in_even_one_as_a_new_part() -> None:
    [late] = threads([new(77)], Storm("storm:Q0", 4))
    assert (late.form, late.root, late.part) == (Form.STORM, "storm:Q0", 5)


def test_what_is_old_at_first_sight_goes_into_a_list_beside_what_is_new() -> None:
    made = threads([new(1), new(2), new(3, minutes=20)], minutes=21)
    assert [(one.form, one.root) for one in made] == [
        (Form.LIST, "list:Q1"),
        (Form.LIST, "list:Q1"),
        (Form.OWN, "alert:Q3"),
    ]


def test_what_came_and_went_long_ago_is_no_part_of_a_list() -> None:
    [gone] = threads([new(1, status=Status.RESOLVED)], minutes=60)
    assert gone.form is Form.OWN


def group(*said: str, minutes: float = 0, **given: object) -> list[object]:
    made = threads([new(number) for number in range(70)])
    incidents: dict[str, Incident] = {one.incident_id: incident(id=one.incident_id, **given) for one in made}
    return list(next_group_actions("storm:Q0", made, incidents, said, ACTING, at(minutes)))


PARTS = ("storm:Q0", "part:storm:Q0:1", "part:storm:Q0:2")


def test_a_storm_rings_once_and_names_the_rest_in_its_thread() -> None:
    assert group() == [
        Open("storm:Q0", rings=True),
        Part("part:storm:Q0:1", 1),
        Part("part:storm:Q0:2", 2),
    ]


def test_a_storm_is_reminded_of_as_one() -> None:
    [reminder] = group(*PARTS, minutes=6)
    assert isinstance(reminder, Remind)
    assert (reminder.key, reminder.people) == ("reminder:storm:Q0:0:2", LEVELS[1])


def test_a_storm_whose_members_are_all_taken_rings_nobody() -> None:
    assert group(*PARTS, minutes=6, status=Status.ACKNOWLEDGED) == []
    assert group(status=Status.RESOLVED, assigned=())[0] == Open("storm:Q0", rings=False)


def test_when_members_ask_the_next_level_it_is_called_once() -> None:
    made = [
        Thread(**{**vars(one), "round": Round(1, at(10), at(10), ("PBEN",), 2)})
        for one in threads([new(number) for number in range(12)])
    ]
    incidents = {one.incident_id: incident(id=one.incident_id, assigned=LEVELS[2]) for one in made}
    [call] = next_group_actions("storm:Q0", made, incidents, ["storm:Q0"], ACTING, at(10))
    assert call == Call("call:storm:Q0:1", LEVELS[2])


def test_what_joins_a_storm_minutes_later_rings_again_once() -> None:
    early = threads([new(number) for number in range(12)])
    late = threads([new(number, minutes=7) for number in (40, 41)], Storm("storm:Q0", 0), minutes=7)
    incidents = {one.incident_id: incident(id=one.incident_id) for one in [*early, *late]}
    said = ["storm:Q0", "part:storm:Q0:1", "reminder:storm:Q0:0:2"]
    [call] = next_group_actions("storm:Q0", [*early, *late], incidents, said, ACTING, at(7))
    assert call == Call("call:storm:Q0:0:2", LEVELS[1])
    assert not next_group_actions("storm:Q0", [*early, *late], incidents, [*said, call.key], ACTING, at(8))

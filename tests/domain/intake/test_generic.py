"""A tool of any form is read by dotted paths."""

import pytest

from toban.domain.intake import Event, Paths, normalise
from toban.errors import BodyRefused

PATHS = Paths(
    title="alert.name",
    severity="alert.level",
    source="hosts.0.name",
    dedup_key="alert.id",
    status="state",
    resolved_values=("resolved", "OK"),
    severities={"Boom": "critical"},
)


def one(body: object, paths: Paths = PATHS) -> Event:
    (event,) = normalise("generic", body, paths)
    return event


def body(state: str = "firing", level: str = "boom") -> dict[str, object]:
    alert = {"name": "Queue is full", "level": level, "id": 7}
    return {"state": state, "alert": alert, "hosts": [{"name": "mq-1"}]}


def test_paths_lead_to_what_an_event_needs() -> None:
    event = one(body())
    assert (event.action, event.summary, event.source, event.severity, event.dedup_key) == (
        "trigger",
        "Queue is full",
        "mq-1",
        "critical",
        "intake:7",
    )
    assert event.custom_details["alert"] == {"name": "Queue is full", "level": "boom", "id": 7}


@pytest.mark.parametrize("state", ["ok", "Resolved"])
def test_the_values_that_resolve_are_compared_without_regard_to_case(state: str) -> None:
    assert one(body(state)).action == "resolve"


@pytest.mark.parametrize(("word", "severity"), [("WARN", "warning"), ("p1", "critical"), ("odd", "error")])
def test_words_without_a_translation_are_read_as_the_usual_ones(word: str, severity: str) -> None:
    assert one(body(level=word)).severity == severity


def test_a_name_may_hold_dots_itself() -> None:
    assert one({"labels": {"service.name": "shop"}}, Paths(title="labels.service.name")).summary == "shop"


def test_a_list_is_one_alert_for_each_of_its_objects() -> None:
    events = normalise("generic", [{"t": "a"}, {"t": "b"}], Paths(title="t"))
    assert [event.summary for event in events] == ["a", "b"]


def test_without_a_key_source_and_title_tell_alerts_apart() -> None:
    paths = Paths(title="t", source="s")
    assert one({"t": "full", "s": "a"}, paths).dedup_key != one({"t": "full", "s": "b"}, paths).dedup_key


@pytest.mark.parametrize("name", ["title", "dedup_key"])
def test_a_path_that_leads_nowhere_is_named(name: str) -> None:
    given = body()
    given["alert"] = {"name": "x"} if name == "dedup_key" else {"id": 1}
    with pytest.raises(BodyRefused, match=f"mapping.{name}"):
        one(given)


@pytest.mark.parametrize("path", ["hosts.1.name", "hosts.x", "alert.name.more", "hosts.²"])
def test_a_path_beyond_what_is_there_finds_nothing(path: str) -> None:
    assert one(body(), Paths(title="alert.name", source=path)).source == "the tool"

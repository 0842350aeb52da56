"""Whatever a body holds, an event keeps PagerDuty's limits, or one sentence says why there is none."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import intake_samples as samples
from toban.domain.intake import TOOLS, Event, Paths, address_to_confirm, events_v2, normalise
from toban.domain.intake.making import event, key_of
from toban.domain.intake.reading import details, line, moment
from toban.errors import BodyRefused

SEVERITIES = {"critical", "error", "warning", "info"}
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
GOOD: dict[str, Any] = {
    "alertmanager": samples.alertmanager("firing", "a"),
    "grafana": samples.grafana("firing"),
    "datadog": samples.datadog("Triggered", "error"),
    "cloudwatch": samples.alarm("ALARM"),
    "sentry": samples.sentry_event(),
    "newrelic": samples.newrelic_incident("open"),
    "zabbix": samples.zabbix("1"),
    "mackerel": samples.mackerel("critical"),
}
PATHS = Paths(title="a", source="b.0", severity="b", status="c", dedup_key="a", resolved_values=("x",))


def read(tool: str, body: object) -> tuple[Event, ...]:
    """The events, or none where the body is refused; anything else that is raised fails the test."""
    try:
        return normalise(tool, body, PATHS if tool == "generic" else None)
    except BodyRefused as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return ()


def assert_within_limits(found: Event) -> None:
    assert found.action in {"trigger", "resolve"}
    assert found.severity in SEVERITIES
    assert 0 < len(found.dedup_key) <= 255
    assert 0 < len(found.summary) <= 1_024
    assert 0 < len(found.source) <= 255
    assert found.timestamp is None or found.timestamp.tzinfo is not None
    assert not [sign for sign in found.summary + found.source if sign < " " or "\x7f" <= sign <= "\x9f"]
    sent = json.dumps(events_v2(found, "Tool"), allow_nan=False, ensure_ascii=False).encode()
    assert len(sent) < 200_000


@pytest.mark.parametrize("tool", [*TOOLS, "generic"])
@given(body=VALUES)
@settings(max_examples=25)
def test_any_json_is_an_event_or_a_sentence(tool: str, body: object) -> None:
    for found in read(tool, body):
        assert_within_limits(found)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a body."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, each in inside for place in places(each, (*path, name)))]


def replaced(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)  # type: ignore[index, call-overload]
    return copy


@pytest.mark.parametrize("tool", GOOD)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_good_body_with_anything_in_one_place_is_an_event_or_a_sentence(
    tool: str, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(places(GOOD[tool])))
    for found in read(tool, replaced(GOOD[tool], place, data.draw(VALUES))):
        assert_within_limits(found)


def nested(depth: int) -> dict[str, Any]:
    body: dict[str, Any] = {"end": "x"}
    for _ in range(depth):
        body = {"in": body, "list": [[["x"]]]}
    return body


@pytest.mark.parametrize("tool", GOOD)
@pytest.mark.parametrize(
    "flood",
    [
        "x" * 1_000_000,
        "\x00\x1b[31m\ud800\u202e" * 1_000,
        nested(900),
        ["y"] * 20_000,
        {"k" * 5_000: "v"},
        10**4000,
    ],
    ids=["long", "controls", "deep", "many", "long name", "huge number"],
)
def test_a_flood_in_any_one_place_keeps_the_limits(tool: str, flood: object) -> None:
    for place in places(GOOD[tool]):
        for found in read(tool, replaced(GOOD[tool], place, flood)):
            assert_within_limits(found)


def test_json_within_json_may_be_as_deep_as_it_likes() -> None:
    (found,) = normalise("cloudwatch", {"Message": "[" * 100_000, "TopicArn": "t"})
    assert_within_limits(found)


def test_details_of_many_alerts_do_not_multiply_what_they_share() -> None:
    body = samples.alertmanager("firing", *[f"h{n}" for n in range(200)])
    body["commonAnnotations"] = {"text": "x" * 100_000}
    assert sum(len(str(found.custom_details)) for found in normalise("alertmanager", body)) < 100_000


def test_a_long_key_keeps_telling_problems_apart() -> None:
    one, other = key_of("t", "x" * 300 + "1"), key_of("t", "x" * 300 + "2")
    assert one != other
    assert len(one) <= 255


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https://e.x/a b", "https://e.x/\n", 3, "", "//e.x"])
def test_what_is_no_address_is_no_link(href: object) -> None:
    assert event(resolved=False, key="k", summary="s", source="s", links=[(href, "Page")]).links == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-04T21:00:00+09:00", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("2026-03-04T12:00:00.123456789Z", datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)),
        (1_772_625_600, datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("1772625600000", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("2026-03-04T12:00:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        (0, None),
        (-1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (True, None),
        ("noon", None),
        ([], None),
    ],
)
def test_moments_are_believed_where_they_are_clear(value: object, expected: datetime | None) -> None:
    assert moment(value) == expected


def test_a_line_is_one_line_without_what_turns_or_hides_text() -> None:
    assert line("a\r\n\tb\x00\x1b[31m\u202ec\ud800  d") == "a b [31mc d"


def test_details_leave_out_what_is_empty() -> None:
    assert details({"a": "", "b": None, "c": [], "d": {"e": {}}, "f": 0, "g": False}) == {"f": 0, "g": False}


@pytest.mark.parametrize(
    "address",
    [
        "http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription",
        "https://sns.eu-west-1.amazonaws.com.evil.example/?Action=ConfirmSubscription",
        "https://evil.example/?x=https://sns.eu-west-1.amazonaws.com/",
        "https://sns.eu-west-1.amazonaws.com@evil.example/?a=b",
        "https://user@sns.eu-west-1.amazonaws.com/?a=b",
        "https://sns.eu-west-1.amazonaws.com/?a=b\nhttps://evil.example",
        "https://169.254.169.254/?a=b",
        7,
        None,
    ],
)
def test_only_sns_s_own_address_is_shown_for_confirming(address: object) -> None:
    with pytest.raises(BodyRefused, match="SubscribeURL is none of Amazon SNS"):
        address_to_confirm({"Type": "SubscriptionConfirmation", "SubscribeURL": address})

"""Who is on call by a schedule."""

from datetime import UTC, datetime, timedelta
from typing import Any

from toban.sandbox.history.rota import Rota

WEEK_S = 7 * 24 * 3600


def layer(start: str, end: str | None = None, users: str = "ABC") -> dict[str, Any]:
    members = [{"user": {"id": user, "type": "user_reference"}} for user in users]
    turn = {"rotation_virtual_start": "2026-03-02T10:00:00+01:00", "rotation_turn_length_seconds": WEEK_S}
    return {"start": start, "end": end, "users": members, "restrictions": [], **turn}


def rota(*layers: dict[str, Any], overrides: tuple[dict[str, Any], ...] = ()) -> Rota:
    schedule = {"time_zone": "Europe/Berlin", "schedule_layers": list(layers), "overrides": list(overrides)}
    return Rota(schedule, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_people_take_turns_by_the_week() -> None:
    plan = rota(layer("2026-03-02T10:00:00+01:00"))
    on_call = [plan.on_call(at("2026-03-04T12:00:00+01:00") + timedelta(weeks=n)) for n in range(4)]
    assert on_call == ["A", "B", "C", "A"]


def test_the_handover_stays_at_ten_when_the_clocks_change() -> None:
    plan = rota(layer("2026-03-02T10:00:00+01:00"))  # summer time begins on 29 March
    assert plan.on_call(at("2026-03-30T09:59:59+02:00")) == "A"
    assert plan.on_call(at("2026-03-30T10:00:00+02:00")) == "B"


def test_between_two_layers_nobody_is_on_call() -> None:
    first = layer("2026-03-02T10:00:00+01:00", "2026-03-11T10:00:00+01:00")
    plan = rota(first, layer("2026-03-12T10:00:00+01:00"))
    assert plan.on_call(at("2026-03-11T09:59:59+01:00")) == "B"
    assert plan.on_call(at("2026-03-11T10:00:00+01:00")) is None
    assert plan.on_call(at("2026-03-12T10:00:00+01:00")) == "B"


def test_before_the_first_turn_nobody_is_on_call() -> None:
    assert rota(layer("2026-03-02T10:00:00+01:00")).on_call(at("2026-03-02T09:59:59+01:00")) is None


def test_an_override_wins_over_the_layer_and_only_for_its_time() -> None:
    swap = {"start": "2026-03-05T10:00:00+01:00", "end": "2026-03-06T10:00:00+01:00", "user": {"id": "Z"}}
    plan = rota(layer("2026-03-02T10:00:00+01:00"), overrides=(swap,))
    times = ("2026-03-05T09:59:59+01:00", "2026-03-05T10:00:00+01:00", "2026-03-06T10:00:00+01:00")
    assert [plan.on_call(at(time)) for time in times] == ["A", "Z", "A"]

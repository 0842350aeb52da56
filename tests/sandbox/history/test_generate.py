"""What a generated year looks like from afar."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median, quantiles
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from sandbox.history.conftest import TURN, UNTIL
from sandbox.history.reading import Item, by_person, moment, of_type, seconds_to_acknowledge
from toban.sandbox.history import History, generate_history

JAPANESE = re.compile("[぀-ヿ一-鿿]")
KNOWN_TYPES = {
    "acknowledge", "annotate", "assign", "custom_field_value_change", "delegate", "escalate",
    "exhaust_escalation_path", "field_value_change", "link", "notify", "priority_change",
    "repeat_escalation_path", "resolve", "responder_request", "snooze", "trigger", "unacknowledge",
    "unlink", "unsnooze", "urgency_change",
}  # fmt: skip


def halves(year: History) -> tuple[list[Item], list[Item]]:
    before = [item for item in year.items if moment(item["incident"]["created_at"]) < TURN]
    return before, year.items[len(before) :]


def share(items: list[Item], kind: str, *, manual: bool) -> float:
    hits = [item for item in items if any(by_person(e) == manual for e in of_type(item, kind))]
    return len(hits) / len(items)


def acknowledgements(items: list[Item]) -> list[float]:
    return [seconds for item in items if (seconds := seconds_to_acknowledge(item)) is not None]


def test_the_same_seed_gives_the_same_history() -> None:
    assert generate_history(3, UNTIL, days=20) == generate_history(3, UNTIL, days=20)


def test_another_seed_gives_another_history() -> None:
    assert generate_history(3, UNTIL, days=20).items != generate_history(4, UNTIL, days=20).items


def test_the_zone_in_which_the_end_is_given_does_not_matter() -> None:
    local = UNTIL.astimezone(ZoneInfo("Asia/Tokyo"))
    assert generate_history(3, local, days=9) == generate_history(3, UNTIL, days=9)


def test_a_year_has_some_thousand_incidents(year: History) -> None:
    assert 5000 <= len(year.items) <= 7000
    assert 6 <= sum(len(item["log_entries"]) for item in year.items) / len(year.items) <= 10


@pytest.mark.slow
def test_a_year_is_made_within_five_seconds_of_work() -> None:
    started = process_time()
    generate_history(11, UNTIL)
    assert process_time() - started < 5


def test_the_announcements_bring_the_time_to_acknowledge_from_ten_minutes_to_one(year: History) -> None:
    before, after = halves(year)
    assert 8 * 60 <= median(acknowledgements(before)) <= 12 * 60
    assert 40 <= median(acknowledgements(after)) <= 90


def test_before_the_announcements_the_tail_is_fat(year: History) -> None:
    before, _ = halves(year)
    times = acknowledgements(before)
    assert quantiles(times, n=10)[8] > 3.5 * median(times)


def test_before_the_announcements_many_incidents_escalate_by_time_out(year: History) -> None:
    before, after = halves(year)
    assert 0.1 < share(before, "escalate", manual=False) < 0.25
    assert share(after, "escalate", manual=False) < 0.03


def test_more_than_half_of_the_incidents_clear_by_themselves(year: History) -> None:
    assert 0.45 < share(year.items, "resolve", manual=False) < 0.75


def test_a_third_of_the_alerts_come_at_night(year: History) -> None:
    zones = {user["teams"][0]["id"]: ZoneInfo(user["time_zone"]) for user in year.directory["users"]}
    hours = [
        moment(item["incident"]["created_at"]).astimezone(zones[item["incident"]["teams"][0]["id"]]).hour
        for item in year.items
    ]
    night = sum(hour >= 22 or hour < 8 for hour in hours) / len(hours)
    assert 0.2 < night < 0.42


def test_weekends_are_quieter(year: History) -> None:
    days = Counter(moment(item["incident"]["created_at"]).weekday() >= 5 for item in year.items)
    assert days[True] / 2 < 0.85 * days[False] / 5


def test_noise_lessens_after_the_turn(year: History) -> None:
    before, after = halves(year)
    assert len(after) / (UNTIL - TURN).days < 0.95 * len(before) / (365 - (UNTIL - TURN).days)


def test_titles_are_japanese_and_english_and_recur(year: History) -> None:
    titles = [item["incident"]["title"] for item in year.items]
    japanese = sum(bool(JAPANESE.search(title)) for title in titles) / len(titles)
    assert 0.25 < japanese < 0.65
    words = Counter(re.sub(r"\d+", "#", title) for title in titles)
    assert words.most_common(1)[0][1] > 50
    assert not [title for title in titles if "{" in title and "host:" not in title]


def test_every_type_of_entry_occurs(year: History) -> None:
    seen = {entry["type"].removesuffix("_log_entry") for item in year.items for entry in item["log_entries"]}
    assert seen == KNOWN_TYPES


def test_people_acknowledge_by_website_mobile_phone_message_and_slack(year: History) -> None:
    through = {e["channel"]["type"] for item in year.items for e in of_type(item, "acknowledge")}
    assert through == {"website", "mobile", "phone", "sms", "api"}
    assert all(by_person(e) for item in year.items for e in of_type(item, "acknowledge"))


def test_people_are_reached_by_push_phone_message_and_mail(year: History) -> None:
    rung = [e["channel"]["notification"] for item in year.items for e in of_type(item, "notify")]
    assert {n["type"] for n in rung} == {f"{k}_notification" for k in ("push", "phone", "sms", "email")}
    assert {"success", "no_answer"} <= {n["status"] for n in rung}


def test_low_urgency_never_escalates_and_only_mails(year: History) -> None:
    low = [item for item in year.items if item["incident"]["urgency"] == "low"]
    assert 0.08 < len(low) / len(year.items) < 0.2
    for item in low:
        assert not of_type(item, "escalate")
        assert {e["channel"]["notification"]["type"] for e in of_type(item, "notify")} <= {
            "email_notification"
        }


def test_storms_bring_dozens_of_alerts_within_minutes(year: History) -> None:
    times = [moment(item["incident"]["created_at"]) for item in year.items]
    storms = [at for at, later in zip(times, times[24:], strict=False) if later - at < timedelta(minutes=15)]
    assert len({at.date() for at in storms}) >= 5


def test_flapping_alerts_come_again_within_the_hour(year: History) -> None:
    seen: dict[str, list[datetime]] = {}
    for item in year.items:
        seen.setdefault(item["incident"]["title"], []).append(moment(item["incident"]["created_at"]))
    quick = sum(
        later - at < timedelta(minutes=26) for times in seen.values() for at, later in pairwise(times)
    )
    assert quick > 300


def test_notes_are_written_in_both_languages(year: History) -> None:
    notes = [note["content"] for item in year.items for note in item["notes"]]
    japanese = sum(bool(JAPANESE.search(note)) for note in notes)
    assert len(notes) > 800
    assert 0.5 < japanese / len(notes) < 0.9


def test_some_incidents_are_grouped_merged_and_opened_again(year: History) -> None:
    assert sum(item["incident"]["alert_counts"]["all"] > 1 for item in year.items) > 300
    assert sum(item["incident"]["resolve_reason"] is not None for item in year.items) > 30
    assert sum(len(of_type(item, "resolve")) > 1 for item in year.items) > 10


def test_a_handful_is_open_at_the_end_in_every_state(year: History) -> None:
    still_open = [item["incident"] for item in year.items if item["incident"]["status"] != "resolved"]
    assert 6 <= len(still_open) <= 25
    assert {i["status"] for i in still_open} == {"triggered", "acknowledged"}
    newest = max(moment(i["created_at"]) for i in still_open if i["status"] == "triggered")
    assert UNTIL - newest <= timedelta(minutes=3)


def test_the_turn_can_be_given() -> None:
    history = generate_history(5, UNTIL, days=60, announcements_since=datetime(2026, 1, 1, tzinfo=UTC))
    assert median(acknowledgements(history.items)) < 100

"""The local PagerDuty takes a generated history and agrees about who is on call."""

from datetime import timedelta

from sandbox.history.conftest import UNTIL
from toban.sandbox.history import History
from toban.sandbox.history.rota import Rota
from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.schedules.rendering import final_spans
from toban.sandbox.pagerduty.world import World


def test_a_generated_history_becomes_a_world(year: History) -> None:
    world = World.from_history(year.directory, year.items)
    assert len(world.incidents) == len(year.items)
    assert len(world.entries) == sum(len(item["log_entries"]) for item in year.items)
    still_open = {i["incident"]["id"] for i in year.items if i["incident"]["status"] != "resolved"}
    assert {incident["id"] for incident in world.incidents.open()} == still_open


def test_the_local_pagerduty_renders_the_same_shifts(year: History) -> None:
    """Over a year with both changes of the clocks, gaps and swaps."""
    since, until = UNTIL - timedelta(days=365), UNTIL + timedelta(days=20)
    directory = Directory(year.directory)
    for row in year.directory["schedules"]:
        schedule = directory.find("schedules", row["id"])
        assert schedule
        mine = Rota(row, since, until)
        for span in final_spans(schedule, since, until):
            for at in (span.start, span.start + (span.end - span.start) / 2, span.end - timedelta(seconds=1)):
                if since <= at < until:
                    assert mine.on_call(at) == span.user_id
        rendered = final_spans(schedule, since, until)
        covered = sum((min(s.end, until) - max(s.start, since) for s in rendered), timedelta())
        assert covered == sum((s.end - s.start for s in mine.spans), timedelta())

"""How often an incident disturbed somebody, and at which hours of their day."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.wire import Json, parse

DISTURBING = ("push", "phone", "sms")  # e-mail never disturbs
TOGETHER = timedelta(seconds=60)  # notifications so close to each other disturb once
WORK_BEGINS, WORK_ENDS, SLEEP_BEGINS = time(8), time(18), time(22)


def interruptions(entries: list[Json], directory: Directory) -> dict[str, int]:
    """Counts of "business", "off" and "sleep" hour interruptions; the three add up to all."""
    counts = {"business": 0, "off": 0, "sleep": 0}
    for user_id, moments in _disturbances(entries).items():
        user = directory.find("users", user_id)
        zone = ZoneInfo(user["time_zone"] if user and user.get("time_zone") else "Etc/UTC")
        before: datetime | None = None
        for moment in sorted(moments):
            if before is None or moment - before > TOGETHER:
                counts[hours(moment.astimezone(zone))] += 1
            before = moment
    return counts


def hours(local: datetime) -> str:
    """Sleep is 22 to 8 every day and wins over the weekend; business is 8 to 18, Monday to Friday."""
    clock = local.time()
    if clock >= SLEEP_BEGINS or clock < WORK_BEGINS:
        return "sleep"
    return "business" if local.isoweekday() <= 5 and clock < WORK_ENDS else "off"


def _disturbances(entries: list[Json]) -> dict[str, list[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for entry in entries:
        if entry["type"] == "notify_log_entry" and entry.get("user"):
            kind = str((entry["channel"].get("notification") or {}).get("type"))
            if kind.removesuffix("_notification") in DISTURBING:
                found[entry["user"]["id"]].append(parse(entry["created_at"]))
    return found

"""All log entries of the account, kept by time, so that a window is two bisections."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from toban.sandbox.pagerduty.wire import Json, parse

# `is_overview=true` leaves out what tells how people were reached rather than what happened.
DETAIL_TYPES = frozenset({"notify_log_entry", "assign_log_entry", "link_log_entry", "unlink_log_entry"})


class EntryLog:
    """Entries are never changed once written. Equal moments keep the order of writing."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._entries: list[Json] = []
        self._by_incident: defaultdict[str, list[Json]] = defaultdict(list)
        self._by_id: dict[str, Json] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def load(self, entries: Iterable[Json]) -> None:
        """Add many at once; sorts once. An entry whose id is known is left out."""
        fresh = {entry["id"]: entry for entry in entries if entry["id"] not in self._by_id}
        self._by_id |= fresh
        stamped = list(zip(self._times, self._entries, strict=True))
        stamped += [(parse(entry["created_at"]).timestamp(), entry) for entry in fresh.values()]
        stamped.sort(key=lambda pair: pair[0])
        self._times = [time for time, _ in stamped]
        self._entries = [entry for _, entry in stamped]
        self._by_incident.clear()
        for entry in self._entries:
            self._by_incident[entry["incident"]["id"]].append(entry)

    def add(self, entry: Json) -> None:
        time = parse(entry["created_at"]).timestamp()
        place = bisect_right(self._times, time)
        self._times.insert(place, time)
        self._entries.insert(place, entry)
        self._by_incident[entry["incident"]["id"]].append(entry)
        self._by_id[entry["id"]] = entry

    def find(self, key: str) -> Json | None:
        return self._by_id.get(key)

    def of(self, incident_id: str) -> list[Json]:
        """An incident's entries, oldest first."""
        return self._by_incident.get(incident_id, [])

    def window(self, since: datetime | None, until: datetime | None) -> tuple[int, int]:
        """Places of the entries with since <= created_at <= until.

        PagerDuty does not say whether the ends belong to the window; here both do, so that a client must cope
        with seeing an entry twice rather than never.
        """
        low = bisect_left(self._times, since.timestamp()) if since else 0
        high = bisect_right(self._times, until.timestamp()) if until else len(self._times)
        return low, max(low, high)

    def newest_first(self, low: int, high: int) -> Iterator[Json]:
        return reversed(self._entries[low:high])

"""All incidents of the account: by id, by number and by time, with their JSON kept ready."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from threading import Lock

import orjson

from toban.sandbox.pagerduty.wire import Json, parse


class IncidentBook:
    """Holds incidents in their REST shape; whoever changes one calls `changed`."""

    def __init__(self) -> None:
        self._by_id: dict[str, Json] = {}
        self._by_number: dict[int, Json] = {}
        self._times: list[float] = []
        self._in_time: list[Json] = []
        self._open: dict[str, Json] = {}
        self._bodies: dict[str, bytes] = {}
        self._highest = 0
        self._lock = Lock()  # a body made while its incident changes must not outlive the change

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Json]:
        """Oldest first."""
        return iter(self._in_time)

    def load(self, incidents: Iterable[Json]) -> None:
        for incident in incidents:
            self._by_id[incident["id"]] = incident
            self._number(incident)
            self._bodies.pop(incident["id"], None)
        stamped = [(parse(row["created_at"]).timestamp(), row) for row in self._by_id.values()]
        stamped.sort(key=lambda pair: (pair[0], pair[1]["incident_number"]))
        self._times = [time for time, _ in stamped]
        self._in_time = [row for _, row in stamped]
        self._open = {row["id"]: row for row in self._in_time if row["status"] != "resolved"}

    def add(self, incident: Json) -> None:
        self._by_id[incident["id"]] = incident
        self._number(incident)
        time = parse(incident["created_at"]).timestamp()
        place = bisect_right(self._times, time)
        self._times.insert(place, time)
        self._in_time.insert(place, incident)
        self.changed(incident)

    def changed(self, incident: Json) -> None:
        with self._lock:
            self._bodies.pop(incident["id"], None)
        if incident["status"] == "resolved":
            self._open.pop(incident["id"], None)
        else:
            self._open[incident["id"]] = incident

    def find(self, key: str) -> Json | None:
        """By id or by number, as the REST API allows."""
        return self._by_id.get(key) or (self._by_number.get(int(key)) if key.isdecimal() else None)

    def body(self, key: str) -> bytes | None:
        """The incident as JSON, made once per change: most of a page of log entries is this."""
        ready = self._bodies.get(key)
        if ready is None and key in self._by_id:
            with self._lock:
                ready = self._bodies[key] = orjson.dumps(self._by_id[key])
        return ready

    def open(self) -> list[Json]:
        return list(self._open.values())

    def created(self, since: datetime, until: datetime) -> list[Json]:
        """Created with since <= created_at <= until, oldest first."""
        low = bisect_left(self._times, since.timestamp())
        return self._in_time[low : bisect_right(self._times, until.timestamp())]

    def next_number(self) -> int:
        return self._highest + 1

    def _number(self, incident: Json) -> None:
        self._by_number[incident["incident_number"]] = incident
        self._highest = max(self._highest, incident["incident_number"])

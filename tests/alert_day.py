"""A day of incidents, drawn by chance: they fire, are taken, climb, are noted on, end, come back."""

import random
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from alert_company import AlertCompany

STORM = {"count": 25, "seconds": 0.2, "service": "V1", "titles": ["queue grows"]}
PEOPLE = ("PANN", "PBEN", "PCLEO")


@dataclass
class Day:
    """``notes`` are the words of each note that was written, in every wording, by incident."""

    company: AlertCompany
    chance: random.Random
    notes: list[tuple[str, str]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _resolved: list[str] = field(default_factory=list)

    def storm(self) -> None:
        """More at once than are told one by one."""
        self.company.tell("_sandbox/storm", STORM)

    def step(self) -> None:
        """Something happens. What PagerDuty refuses, because the incident moved by itself, does not."""
        acts = [(self._fire, 4), (self._take, 2), (self._note, 3), (self._resolve, 2)]
        acts += [(self._escalate, 1), (self._edit_note, 1), (self._reopen, 1), (self._merge, 1)]
        names, weights = zip(*acts, strict=True)
        act = self.chance.choices(names, weights)[0]
        with suppress(httpx.HTTPStatusError, IndexError):  # IndexError: there is none to choose from
            act()

    def end(self) -> None:
        """Everything that is still open is resolved, so that nothing goes on asking for somebody."""
        for incident in list(self.company.world.incidents.open()):
            self.company.change(incident["id"], status="resolved")

    def _fire(self) -> None:
        self._open.append(self.company.fire(f"disk {self.chance.random():.9f} full <!channel>"))

    def _take(self) -> None:
        waiting = [one for one in self._open if one not in self._taken]
        incident_id = self.chance.choice(waiting)
        self._taken.add(incident_id)
        self.company.change(incident_id, self.chance.choice(PEOPLE), status="acknowledged")

    def _note(self) -> None:
        incident_id = self.chance.choice(self._open)
        words = f"looked at {self.chance.random():.9f}"
        self.company.note(incident_id, words)
        self.notes.append((incident_id, words))

    def _edit_note(self) -> None:
        incident_id = self.chance.choice([one for one, _ in self.notes if one in self._open])
        words = f"thought about {self.chance.random():.9f}"
        (first, *_) = self.company.world.notes[incident_id]
        self.company.edit_note(incident_id, first["id"], words)

    def _resolve(self) -> None:
        incident_id = self.chance.choice(self._open)
        self.company.change(incident_id, self.chance.choice(PEOPLE), status="resolved")
        self._open.remove(incident_id)
        self._resolved.append(incident_id)

    def _escalate(self) -> None:
        waiting = [one for one in self._open if one not in self._taken]
        self.company.change(self.chance.choice(waiting), escalation_level=2)

    def _reopen(self) -> None:
        incident_id = self.chance.choice(self._resolved)
        self.company.change(incident_id, status="triggered")
        self._resolved.remove(incident_id)
        self._open.append(incident_id)
        self._taken.discard(incident_id)

    def _merge(self) -> None:
        source = self.chance.choice(self._open)
        target = self.chance.choice([one for one in self._open if one != source])
        httpx.put(
            f"{self.company.pagerduty_url}/incidents/{target}/merge",
            json={"source_incidents": [{"id": source, "type": "incident_reference"}]},
            headers={"Authorization": "Token token=test", "From": "pann@example.com"},
        ).raise_for_status()
        self._open.remove(source)

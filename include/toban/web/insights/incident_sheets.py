"""The tables of incidents, for pictures: the list, and what belongs to one of them."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from toban.clients.insights.incidents import Story
from toban.domain.language import Language
from toban.web.insights.moments import when
from toban.web.insights.sheets import Cell, Sheet, cells, headings
from toban.web.insights.timeline import Entry

Row = Mapping[str, Any]


def incidents_sheet(rows: Sequence[Row], total: int, beside: str, zone: tzinfo, say: Language) -> Sheet:
    """The list; ``rows`` are its first ones."""
    labels = (
        say.text("Began"), say.text("Incident"), say.text("Service"), say.text("State"),
        say.text("Acknowledged after"), say.text("Resolved after"), say.text("Interruptions"),
    )  # fmt: skip
    drawn = [
        cells(
            when(row["created_at"], zone, say),
            Cell(row["title"] or say.text("untitled"), note=f"#{row['incident_number']}"),
            row["service"] or "–",
            _state(row, say),
            say.duration(row["seconds_to_acknowledge"]),
            say.duration(row["seconds_to_resolve"]),
            say.number(row["interruptions"]),
        )
        for row in rows
    ]
    return Sheet(say.text("Incidents"), headings(labels, (4, 5, 6)), drawn, beside, total)


def course_sheet(entries: Sequence[Entry], beside: str, say: Language) -> Sheet:
    """What happened, in order."""
    labels = (say.text("Time"), say.text("After"), say.text("What happened"))
    drawn = [cells(entry.clock, entry.after, Cell(entry.text, note=entry.note)) for entry in entries]
    return Sheet(say.text("Course"), headings(labels, (1,)), drawn, beside)


def alerts_sheet(story: Story, beside: str, zone: tzinfo, say: Language) -> Sheet:
    """The alerts that make it up, the first first."""
    labels = (say.text("Came in"), say.text("Alert"), say.text("Severity"), say.text("Monitoring tool"))
    drawn = [
        cells(
            when(row["created_at"], zone, say),
            row["summary"] or "–",
            row["severity"] or "–",
            row["monitoring_tool"] or "–",
        )
        for row in story.alerts
    ]
    return Sheet(say.text("Alerts"), headings(labels), drawn, beside, story.facts["alert_count"])


def people_sheet(story: Story, beside: str, say: Language) -> Sheet:
    """Who was called, and how often; for those alone who may see persons."""
    labels = (
        say.text("Person"), say.text("Told"), say.text("Interruptions"), say.text("Acknowledged after"),
    )  # fmt: skip
    drawn = [
        cells(
            row["name"],
            say.number(row["notifications"]),
            Cell(
                say.number(row["interruptions"]),
                note=say.text("{n} in sleep", n=row["in_sleep"]) if row["in_sleep"] else "",
            ),
            say.duration(row["seconds_to_acknowledge"]),
        )
        for row in story.people or ()
    ]
    return Sheet(say.text("Who was called"), headings(labels, (1, 2, 3)), drawn, beside)


def _state(row: Row, say: Language) -> Cell:
    if row["status"] == "resolved":
        told = say.text("resolved by itself") if row["resolved_automatically"] else say.text("resolved")
        return Cell(told, "good")
    if row["status"] == "acknowledged":
        return Cell(say.text("acknowledged"), "warn")
    return Cell(say.text("open"), "bad")

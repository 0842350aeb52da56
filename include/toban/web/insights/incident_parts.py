"""The tables of one incident as downloads: its course, its alerts, who was called."""

from typing import Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request, Response

from toban.clients.insights.incidents import Story, read_story
from toban.domain.language import Language
from toban.locale import language
from toban.web.insights.csv_files import rows_answer
from toban.web.insights.desk import Desk
from toban.web.insights.incident_sheets import alerts_sheet, course_sheet, people_sheet
from toban.web.insights.pictures import sheet_png
from toban.web.insights.sheets import Sheet
from toban.web.insights.speaking import language_code
from toban.web.insights.timeline import timeline
from toban.web.insights.visitors import persons_only, visitor_of

Part = Literal["course", "alerts", "people"]


def add_parts(routes: APIRouter, desk: Desk) -> None:
    """GET /incidents/<id>/<part>.csv and .png; who was called is for those alone who may see persons."""

    def read(request: Request, incident_id: str, part: Part) -> Story:
        sees_persons = (persons_only if part == "people" else visitor_of)(request).sees_persons
        with desk.snapshots.read(restricted=sees_persons) as snapshot:
            return found_or_404(read_story(snapshot, incident_id, restricted=sees_persons))

    @routes.get("/incidents/{incident_id}/{part}.csv")
    def download(request: Request, incident_id: str, part: Part) -> Response:
        story = read(request, incident_id, part)
        parts = {"course": story.entries, "alerts": story.alerts, "people": story.people or ()}
        return rows_answer(f"incident-{part}", parts[part])

    @routes.get("/incidents/{incident_id}/{part}.png")
    def picture(request: Request, incident_id: str, part: Part) -> Response:
        story, say = read(request, incident_id, part), language(language_code(request))
        return sheet_png(f"incident-{part}", _sheet(story, part, desk.filters(request).zone, say), say)


def found_or_404(story: Story | None) -> Story:
    """The story; raises HTTPException where there is none of that id."""
    if story is None:
        raise HTTPException(404)
    return story


def _sheet(story: Story, part: Part, zone: ZoneInfo, say: Language) -> Sheet:
    facts = story.facts
    beside = f"#{facts['incident_number']} {facts['title'] or ''} ({zone.key})"
    if part == "course":
        return course_sheet(timeline(story.entries, facts["created_at"], zone, say), beside, say)
    return people_sheet(story, beside, say) if part == "people" else alerts_sheet(story, beside, zone, say)

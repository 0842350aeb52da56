"""What each figure means and what it leaves out, in words; beside it stands the SQL that computes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from toban.clients.warehouse.definitions import measure_sql
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.language import Language
from toban.locale import language
from toban.web.insights.pagerduty_analytics import differences, equals
from toban.web.insights.pages import render
from toban.web.insights.sections import Section
from toban.web.insights.speaking import language_code


@dataclass(frozen=True)
class Definition:
    """``measures`` are columns of the weekly models, the measures of the fragments.

    ``query`` names the query of a figure that is no sum over single incidents.
    """

    title: str
    meaning: str
    left_out: str
    measures: tuple[str, ...] = ()
    query: str | None = None

    @property
    def query_text(self) -> str | None:
        """The SQL of ``query``, as it is run."""
        return filled(sql_text(f"queries/{self.query}.sql")) if self.query else None


def section() -> Section:
    """The page /definitions."""
    routes = APIRouter()

    @routes.get("/definitions")
    def page(request: Request) -> Response:
        say = language(language_code(request))
        return render(
            request,
            "definitions.html",
            definitions=definitions(say),
            sql=measure_sql(),
            differences=differences(say),
            equals=equals(),
        )

    return Section("/definitions", routes, lambda say: say.text("Definitions"))


def definitions(say: Language) -> Mapping[str, Definition]:
    """By the name that pages ask for."""
    return {
        "incidents": Definition(
            say.text("Incidents"),
            say.text("Incidents that began in the period, on the clock of the chosen time zone."),
            say.text(
                "Left out: incidents that began before the warehouse's coverage, as their story is not whole."
            ),
            ("incidents", "acknowledged", "resolved"),
        ),
        "mtta": Definition(
            say.text("MTTA"),
            say.text(
                "Mean time to acknowledge: from creation to the first explicit acknowledgement. Beside it "
                "the median (half were faster) and p90 (nine in ten were faster)."
            ),
            say.text(
                "Left out: incidents that nobody acknowledged, however long they lasted. Resolving, "
                "reassigning and escalating do not acknowledge."
            ),
            ("mtta_mean_s", "mtta_p50_s", "mtta_p90_s", "mtta_p95_s"),
        ),
        "mttr": Definition(
            say.text("MTTR"),
            say.text(
                "Mean time to resolve: from creation to the last resolution, also where a monitoring tool "
                "resolved."
            ),
            say.text("Left out: incidents that are open."),
            ("mttr_mean_s", "mttr_p50_s", "mttr_p90_s", "mttr_p95_s"),
        ),
        "interruptions": Definition(
            say.text("Interruptions"),
            say.text(
                "Pushes, calls and SMS to a person, by that person's own clock: business hours, free time, "
                "sleep. "
                "What comes within 60 seconds for the same incident interrupts once."
            ),
            say.text("Left out: e-mail, which interrupts nobody."),
            (
                "interruptions",
                "business_hour_interruptions",
                "off_hour_interruptions",
                "sleep_hour_interruptions",
            ),
        ),
        "escalations": Definition(
            say.text("Escalated"),
            say.text(
                "Incidents that moved up because nobody acknowledged in time; and those a person moved up."
            ),
            say.text("An incident counts once, however often it moved up."),
            ("escalated_by_timeout", "escalated_by_hand"),
        ),
        "reassigned": Definition(
            say.text("Reassigned"),
            say.text("Incidents that a person gave to others."),
            say.text("The first assignment is none."),
            ("reassigned",),
        ),
        "automatic": Definition(
            say.text("Resolved by themselves"),
            say.text(
                "Incidents whose last resolution was not a person's: a monitoring tool's or a time-out's."
            ),
            say.text("The share is that of all resolved incidents."),
            ("resolved_automatically",),
        ),
        "noise": Definition(
            say.text("Never acknowledged"),
            say.text("Incidents that ended without anybody having acknowledged them: often noise."),
            say.text("Left out: incidents that are open."),
            ("never_acknowledged",),
        ),
        "flapping": Definition(
            say.text("Came back"),
            say.text(
                "Incidents that began within an hour after one of the same service, with a title that "
                "differs in "
                "numbers at most, was resolved."
            ),
            say.text("The one before counts only where it began in the period too."),
            query="insights_noise",
        ),
        "uptime": Definition(
            say.text("Uptime"),
            say.text(
                "The share of time in which a service had no open incident of high urgency; the mean over "
                "every service that the chosen incidents were ever of. Incidents that overlap count once."
            ),
            say.text(
                "An open incident need not mean that the service was down. The time runs from creation to "
                "the last resolution, as far as it lies in the period, within the coverage and up to the "
                "data."
            ),
            query="insights_uptime",
        ),
        "own": Definition(
            say.text("A person's own MTTA"),
            say.text("From the person's own first assignment to the person's own first acknowledgement."),
            say.text("Left out: incidents that the person acknowledged before being assigned."),
        ),
        "responder": Definition(
            say.text("Filter by responder"),
            say.text(
                "Incidents that one of the chosen persons was assigned to, told of or acknowledged. Figures "
                "are those of the incidents, also what others did in them; by person alone they stand under "
                "Responders."
            ),
            say.text("Only those who may see persons can choose by it."),
        ),
        "reopened": Definition(
            say.text("Reopened"),
            say.text("Incidents that were resolved, and not for good."),
            say.text("Each counts once."),
            ("reopened",),
        ),
    }

"""The proof of concept: a look at an account's history, as one page that needs nothing else."""

from base64 import b64encode
from datetime import datetime
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from toban.clients import charts
from toban.clients.poc_data import read_evidence, usual_time_zone
from toban.clients.warehouse import Warehouse
from toban.domain.poc.nouns import Effort, Evidence
from toban.domain.poc.page import Page, page
from toban.domain.report.scope import Scope
from toban.jobs.sync_runs import SyncResult
from toban.jobs.weekly_report import CHART
from toban.locale import language

TREND_WEEKS = 11  # with the last whole one, the twelve weeks the chart shows


def proof_of_concept(
    warehouse: Warehouse,
    synced: SyncResult,
    *,
    days: int,
    now: datetime,
    language_code: str,
    goal_s: float,
    time_zone: str | None = None,
) -> str:
    """The page, as HTML, on the last ``days`` days of a warehouse that ``synced`` has just filled.

    ``time_zone`` cuts days and weeks; by default the one most people in the account have. Nothing is written
    anywhere. Raises NoSnapshot, and SettingsError for a language there is not.
    """
    with warehouse.read(restricted=True) as snapshot:
        zone = time_zone or usual_time_zone(snapshot)
        scope = Scope("", zone, goal_s, trend_weeks=TREND_WEEKS)
        effort = Effort(synced.api_calls, synced.seconds)
        evidence = read_evidence(snapshot, scope, days, now, effort)
    return _html(evidence, language_code)


def _html(evidence: Evidence, language_code: str) -> str:
    made: Page = page(evidence, language(language_code))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_text("poc.html")).render(
        page=made,
        style=Markup(_text("poc.css")),  # noqa: S704 - our own file, nothing from outside in it
        light=_picture(made, "light"),
        dark=_picture(made, "dark"),
    )


def _picture(made: Page, theme: charts.Theme) -> str:
    return b64encode(charts.png(CHART, made.chart.data, theme)).decode()


def _text(name: str) -> str:
    return files("toban").joinpath("jobs", "templates", name).read_text(encoding="utf-8")

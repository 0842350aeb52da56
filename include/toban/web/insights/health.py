"""Health of Toban itself: what the figures of the other pages rest on, and whether it is all there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from toban.clients.insights.standing import Standing, read_standing
from toban.clients.pagerduty import HISTORY_RESERVE
from toban.clients.warehouse import Snapshot
from toban.domain.findings import Finding, bad, good, look
from toban.domain.language import Language
from toban.domain.report.message import STALE_AFTER
from toban.locale import language
from toban.web.insights.csv_files import rows_answer
from toban.web.insights.desk import Desk
from toban.web.insights.moments import when
from toban.web.insights.pages import render
from toban.web.insights.pictures import sheet_png
from toban.web.insights.sections import Section
from toban.web.insights.sheets import Cell, Sheet, cells, headings
from toban.web.insights.speaking import language_code

OLD_AFTER = timedelta(minutes=20)  # the sync runs every five minutes: three missed runs are no chance
OPEN_AFTER = timedelta(minutes=15)  # a claim is settled after its lease of seconds to minutes


def section(desk: Desk) -> Section:
    """The page /health."""
    routes = APIRouter()

    @routes.get("/health")
    def page(request: Request) -> Response:
        filters, say = desk.filters(request), language(language_code(request))
        with desk.snapshots.read() as snapshot:
            standing = read_standing(snapshot, snapshot.published_at)
        examined = _Examined(snapshot, standing, desk.now(), filters.zone, say)
        return render(
            request,
            "health.html",
            filters=filters,
            snapshot=snapshot,
            standing=standing,
            findings=list(examined.findings()),
            runs=runs_sheet(standing, filters.zone, say),
            claims=claims_sheet(standing, filters.zone, say),
        )

    @routes.get("/health.csv")
    def download(table: Literal["runs", "claims"] = "runs") -> Response:
        with desk.snapshots.read() as snapshot:
            standing = read_standing(snapshot, snapshot.published_at)
        return rows_answer(table, standing.runs if table == "runs" else standing.claims)

    @routes.get("/health.png")
    def picture(request: Request, table: Literal["runs", "claims"] = "runs") -> Response:
        say, zone = language(language_code(request)), desk.filters(request).zone
        with desk.snapshots.read() as snapshot:
            standing = read_standing(snapshot, snapshot.published_at)
        drawn = runs_sheet if table == "runs" else claims_sheet
        return sheet_png(table, drawn(standing, zone, say), say)

    return Section("/health", routes, lambda say: say.text("Health"))


def runs_sheet(standing: Standing, zone: ZoneInfo, say: Language) -> Sheet:
    """The last runs of the sync, the newest first."""
    labels = (
        say.text("Run"), say.text("Started"), say.text("Took"), say.text("Incidents"),
        say.text("Log entries"), say.text("Requests"), say.text("State"),
    )  # fmt: skip
    rows = [
        cells(
            row["kind"],
            when(row["started_at"], zone, say),
            say.duration(row["seconds"]),
            *(say.number(row[name] or 0) for name in ("incidents", "log_entries", "api_calls")),
            Cell(row["error"] or say.text("good"), "bad" if row["error"] else "good"),
        )
        for row in standing.runs
    ]
    return Sheet(say.text("Last runs"), headings(labels, range(2, 6)), rows, zone.key)


def claims_sheet(standing: Standing, zone: ZoneInfo, say: Language) -> Sheet:
    """Messages of which nobody knows whether they were sent, the oldest first."""
    labels = (say.text("Kind"), say.text("Key"), say.text("Since"))
    rows = [cells(row["kind"], row["key"], when(row["created_at"], zone, say)) for row in standing.claims]
    return Sheet(say.text("Messages on their way"), headings(labels), rows, zone.key)


class _Examined:
    """Each thing that could be wrong, and whether it is."""

    def __init__(
        self, snapshot: Snapshot, standing: Standing, now: datetime, zone: ZoneInfo, say: Language
    ) -> None:
        self._snapshot, self._standing, self._now, self._zone, self.say = snapshot, standing, now, zone, say

    def findings(self) -> Iterator[Finding]:
        yield self._age()
        yield self._coverage()
        yield self._completeness()
        yield self._runs()
        yield from self._budget()
        yield self._claims()

    def _age(self) -> Finding:
        say, until = self.say, self._snapshot.synced_until
        subject = say.text("Age of the data")
        if until is None:
            return bad(subject, say.text("nothing was synced yet"), self._mend_sync())
        age = self._now - until
        text = say.text(
            "up to {moment}, {age} ago",
            moment=when(until, self._zone, say),
            age=say.duration(age.total_seconds()),
        )
        if age > STALE_AFTER:
            return bad(subject, text, self._mend_sync())
        return look(subject, text, self._mend_sync()) if age > OLD_AFTER else good(subject, text)

    def _coverage(self) -> Finding:
        say, covered = self.say, self._standing.covered
        subject = say.text("History held")
        if not covered:
            return bad(subject, say.text("none"), self._mend_sync())
        text = say.text("without a gap since {moment}", moment=when(covered[-1].start, self._zone, say))
        if len(covered) == 1:
            return good(subject, text)
        remedy = say.text(
            "A backfill has not ended: run toban_backfill_incidents again, it goes on where it was."
        )
        return look(subject, text, remedy)

    def _completeness(self) -> Finding:
        say, compared = self.say, self._standing.compared
        subject = say.text("Completeness")
        if not compared:
            text = say.text("not yet compared with PagerDuty")
            return look(
                subject, text, say.text("toban_reconcile_incidents compares once a week; run it once now.")
            )
        text = say.text(
            "{stored} incidents here, {remote} at PagerDuty, in the last 30 days compared",
            stored=say.number(compared.get("stored") or 0),
            remote=say.number(compared.get("remote") or 0),
        )
        if compared.get("stored") == compared.get("remote"):
            return good(subject, text)
        remedy = say.text(
            "Incidents deleted or moved while they were compared differ by a few; else run it again."
        )
        return look(subject, text, remedy)

    def _runs(self) -> Finding:
        say, failed = self.say, [row for row in self._standing.kinds if row["last_failed"]]
        subject = say.text("Last runs")
        if not failed:
            calls = sum(row["calls_of_a_day"] for row in self._standing.kinds)
            return good(
                subject, say.text("in order; {n} requests to PagerDuty in a day", n=say.number(calls))
            )
        text = "; ".join(f"{row['kind']}: {row['last_error']}" for row in failed)
        return bad(subject, text, self._mend_sync())

    def _budget(self) -> Iterator[Finding]:
        """Nothing before a run has seen PagerDuty's rate limit."""
        say, budget = self.say, self._standing.budget
        if not budget:
            return
        subject = say.text("API budget")
        text = say.text(
            "{remaining} of {limit} requests a minute remained at {moment}",
            remaining=say.number(budget["remaining"]),
            limit=say.number(budget["limit"]),
            moment=when(datetime.fromisoformat(budget["at"]), self._zone, say),
        )
        if budget["remaining"] >= HISTORY_RESERVE * budget["limit"]:
            yield good(subject, text)
            return
        remedy = say.text(
            "Below 40 % the sync waits, so that alerts have room; see what else uses the token's limit."
        )
        yield look(subject, text, remedy)

    def _claims(self) -> Finding:
        say = self.say
        subject = say.text("Messages on their way")
        waiting = [row for row in self._standing.claims if self._now - row["created_at"] > OPEN_AFTER]
        if not waiting:
            return good(subject, say.text("none is open"))
        text = say.count("{n} is open for long", "{n} are open for long", len(waiting))
        remedy = say.text("The next run of its DAG looks for it in Slack and settles it; see that it runs.")
        return look(subject, text, remedy)

    def _mend_sync(self) -> str:
        return self.say.text(
            "Look at the last run of toban_sync_incidents in Airflow; toban doctor says more."
        )

"""The overview's cards: a figure, how it moved, its course, and the incidents behind it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from toban.clients.insights.overview import Overview
from toban.clients.insights.uptime import Uptime
from toban.domain.insights.change import Change, Figure, change, change_of_uptime
from toban.domain.language import Language
from toban.domain.report.phrases import signed_share
from toban.web.insights.drawing import spark

Row = Mapping[str, Any]
KINDS = (
    ("kind-business", "business_hour_interruptions"),
    ("kind-off", "off_hour_interruptions"),
    ("kind-sleep", "sleep_hour_interruptions"),
)


@dataclass(frozen=True)
class Card:
    """``key`` names its definition; ``compared``: the change is one; ``leads`` to these incidents."""

    key: str
    figure: str
    beside: str
    change: str
    tone: str
    compared: bool
    spark: Markup
    leads: Mapping[str, str]


def cards(
    overview: Overview, uptimes: tuple[Uptime | None, Uptime | None], rows: Sequence[Row], say: Language
) -> list[Card]:
    """All of them; ``rows`` are the measures of every bucket, in order, ``uptimes`` now and before."""
    maker = _Maker(overview, rows, say)
    return [
        maker.incidents(),
        maker.spread("mtta", "acknowledged"),
        maker.spread("mttr", "resolved"),
        maker.interruptions(),
        maker.escalations(),
        maker.automatic(),
        maker.uptime(*uptimes),
    ]


class _Maker:
    def __init__(self, overview: Overview, rows: Sequence[Row], say: Language) -> None:
        self._now, self._before, self._rows, self.say = overview.now, overview.before, rows, say

    def incidents(self) -> Card:
        say, now = self.say, self._now
        beside = say.text(
            "{acknowledged} acknowledged, {resolved} resolved",
            acknowledged=say.number(now["acknowledged"]),
            resolved=say.number(now["resolved"]),
        )
        return self._counted("incidents", "incidents", beside)

    def spread(self, key: str, rests_on: str) -> Card:
        """Of durations: the mean, and beside it what it rests on."""
        say, now, mean = self.say, self._now, f"{key}_mean_s"
        beside = say.text(
            "median {median} · p90 {p90} · n\u00a0=\u00a0{n}",
            median=say.duration(now[f"{key}_p50_s"]),
            p90=say.duration(now[f"{key}_p90_s"]),
            n=say.number(now[rests_on]),
        )
        moved = self._moved(lambda row: Figure(row[mean], row[rests_on]), in_seconds=True)
        course = spark.line([row[mean] for row in self._rows])
        return Card(key, say.duration(now[mean]), beside, *self._told(moved), course, {"only": rests_on})

    def interruptions(self) -> Card:
        say, now = self.say, self._now
        beside = say.text(
            "{business} in business hours, {off} in free time, {sleep} in sleep",
            business=say.number(now["business_hour_interruptions"] or 0),
            off=say.number(now["off_hour_interruptions"] or 0),
            sleep=say.number(now["sleep_hour_interruptions"] or 0),
        )
        course = spark.stack([(name, [row[measure] or 0 for row in self._rows]) for name, measure in KINDS])
        return self._counted("interruptions", "interruptions", beside, "interrupting", course)

    def escalations(self) -> Card:
        say = self.say
        beside = say.text("and {n} moved up by a person", n=say.number(self._now["escalated_by_hand"]))
        return self._counted("escalations", "escalated_by_timeout", beside, "escalated")

    def automatic(self) -> Card:
        say, now = self.say, self._now
        share = now["resolved_automatically"] / now["resolved"] if now["resolved"] else None
        beside = say.text("{share} of the resolved", share="–" if share is None else say.percent(share))
        return self._counted("automatic", "resolved_automatically", beside, "automatic")

    def uptime(self, now: Uptime | None, before: Uptime | None) -> Card:
        say, leads = self.say, {"urgency": "high"}
        if now is None:
            return Card("uptime", "–", say.text("no service to measure"), "", "", False, Markup(""), leads)
        beside = say.text(
            "{time} open, the mean of {services}",
            time=say.duration(now.open_s),
            services=say.count("{n} service", "{n} services", now.services),
        )
        moved = None
        if before:
            moved = change_of_uptime(Figure(now.share, now.incidents), Figure(before.share, before.incidents))
        told = self._told(moved, lambda points: signed_points(points, say))
        course = spark.line([row["uptime"] for row in self._rows], whole=False)
        return Card("uptime", share_or_dash(now.share, say), beside, *told, course, leads)

    def _counted(
        self, key: str, measure: str, beside: str, only: str | None = None, course: Markup | None = None
    ) -> Card:
        def figure(row: Row) -> Figure:
            return Figure(row[measure] or 0, row[measure] or 0)

        drawn = spark.line([row[measure] or 0 for row in self._rows]) if course is None else course
        moved = self._moved(figure, in_seconds=False)
        leads = {"only": only} if only else {}
        return Card(key, self.say.number(self._now[measure] or 0), beside, *self._told(moved), drawn, leads)

    def _moved(self, figure: Callable[[Row], Figure], *, in_seconds: bool) -> Change | None:
        return (
            change(figure(self._now), figure(self._before), in_seconds=in_seconds) if self._before else None
        )

    def _told(
        self, moved: Change | None, amount: Callable[[float | None], str] | None = None
    ) -> tuple[str, str, bool]:
        """The words for a change, its tone, and whether something is compared."""
        if moved is None or moved.judgement == "none":
            return "", "", False
        if moved.judgement == "too few":
            return self.say.text("too few to compare"), "", False
        tone = {"better": "good", "worse": "bad"}.get(moved.judgement, "")
        arrow = "▲" if (moved.share or 0) > 0 else "▼"
        told = amount(moved.share) if amount else signed_share(moved.share, self.say)
        return f"{arrow if tone else ''} {told}".strip(), tone, True


def share_or_dash(share: float | None, say: Language) -> str:
    """Of time, with two decimals and rounded down: what was not up all the time is not 100 %."""
    if share is None:
        return "–"
    return say.percent(math.floor(share * 10_000 + 1e-6) / 10_000, 2)


def signed_points(points: float | None, say: Language) -> str:
    """A difference of shares in percentage points."""
    hundredths = round((points or 0.0) * 100, 2)
    sign = "+" if hundredths > 0 else "−" if hundredths < 0 else "±"
    return say.text("{n} points", n=f"{sign}{say.number(abs(hundredths), 2)}")

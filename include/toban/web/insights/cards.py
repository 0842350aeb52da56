"""The overview's cards: a figure, how it moved, its course, and the incidents behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from toban.clients.insights.overview import Overview
from toban.domain.insights.change import Change, Figure, change
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
    """``key`` names its definition, ``only`` which of the incidents the figure leads to."""

    key: str
    figure: str
    beside: str
    change: str
    tone: str
    spark: Markup
    only: str | None = None


def cards(overview: Overview, rows: Sequence[Row], say: Language) -> list[Card]:
    """All of them; ``rows`` are the measures of every bucket, in order."""
    maker = _Maker(overview, rows, say)
    return [
        maker.incidents(),
        maker.spread("mtta", "acknowledged"),
        maker.spread("mttr", "resolved"),
        maker.interruptions(),
        maker.escalations(),
        maker.automatic(),
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
            "median {median} · p90 {p90} · n = {n}",
            median=say.duration(now[f"{key}_p50_s"]),
            p90=say.duration(now[f"{key}_p90_s"]),
            n=say.number(now[rests_on]),
        )
        moved = self._moved(lambda row: Figure(row[mean], row[rests_on]), in_seconds=True)
        course = spark.line([row[mean] for row in self._rows])
        return Card(key, say.duration(now[mean]), beside, *self._told(moved), course, rests_on)

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

    def _counted(
        self, key: str, measure: str, beside: str, only: str | None = None, course: Markup | None = None
    ) -> Card:
        def figure(row: Row) -> Figure:
            return Figure(row[measure] or 0, row[measure] or 0)

        drawn = spark.line([row[measure] or 0 for row in self._rows]) if course is None else course
        moved = self._moved(figure, in_seconds=False)
        return Card(key, self.say.number(self._now[measure] or 0), beside, *self._told(moved), drawn, only)

    def _moved(self, figure: Callable[[Row], Figure], *, in_seconds: bool) -> Change | None:
        return (
            change(figure(self._now), figure(self._before), in_seconds=in_seconds) if self._before else None
        )

    def _told(self, moved: Change | None) -> tuple[str, str]:
        """The words for a change, and its tone."""
        if moved is None or moved.judgement == "none":
            return "", ""
        if moved.judgement == "too few":
            return self.say.text("too few to compare"), ""
        tone = {"better": "good", "worse": "bad"}.get(moved.judgement, "")
        arrow = "▲" if (moved.share or 0) > 0 else "▼"
        return f"{arrow if tone else ''} {signed_share(moved.share, self.say)}".strip(), tone

"""The tables of the page on runbooks, as it and their pictures show them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toban.domain.language import Language
from toban.domain.runbooks.coverage import GapKind
from toban.web.insights.columns import Column
from toban.web.insights.sheets import Cell, Sheet, cells, headings

TONES = {GapKind.MISSING: "bad", GapKind.WRONG: "bad", GapKind.STALE: "warn", GapKind.UNUSED: ""}
NUMBERS = frozenset({"incidents", "night_calls", "helped", "wrong"})
Row = Mapping[str, Any]


def kind_names(say: Language) -> Mapping[GapKind, str]:
    """What is amiss, in words."""
    return {
        GapKind.MISSING: say.text("no runbook"),
        GapKind.WRONG: say.text("judged wrong"),
        GapKind.STALE: say.text("stale"),
        GapKind.UNUSED: say.text("never used"),
    }


def gap_columns(say: Language) -> list[Column]:
    """The columns of what is amiss."""
    names = kind_names(say)

    def column(key: str, label: str, shown: Callable[[Any], str] = say.number) -> Column:
        return Column(key, label, lambda row: row[key], shown)

    return [
        column("name", say.text("Alert or runbook"), str),
        Column(
            "kind",
            say.text("What is amiss"),
            lambda row: list(GapKind).index(row["kind"]),
            lambda at: names[list(GapKind)[at]],
        ),
        column("services", say.text("Service"), lambda value: say.text(", ").join(value) or "–"),
        column("incidents", say.text("Incidents")),
        column("night_calls", say.text("Calls at night")),
        column("helped", say.text("Helped")),
        column("wrong", say.text("Wrong")),
        column("reviewed", say.text("Reviewed"), lambda value: str(value or "–")),
    ]


def gaps_sheet(rows: Sequence[Row], beside: str, say: Language) -> Sheet:
    """What is amiss, in the order given."""
    columns = gap_columns(say)
    numbers = [place for place, column in enumerate(columns) if column.key in NUMBERS]
    return Sheet(
        say.text("Runbook coverage"),
        headings((column.label for column in columns), numbers),
        [
            [
                Cell(column.shown(column.value(row)), TONES[row["kind"]] if column.key == "kind" else "")
                for column in columns
            ]
            for row in rows
        ],
        beside,
    )


def weeks_sheet(weeks: Sequence[Row], say: Language) -> Sheet:
    """How often triage was right, the newest week first."""
    labels = (
        say.text("Week from"), say.text("Verdicts"), say.text("“Resolves by itself” was right"),
        say.text("“Needs action” was right"), say.text("Left to people"), say.text("Runbooks shown"),
        say.text("The runbook helped"),
    )  # fmt: skip
    rows = [
        cells(
            say.day(week["week"]),
            say.number(week["verdicts"]),
            _held(week["by_itself_right"], week["by_itself_wrong"], say),
            _held(week["needs_action_right"], week["needs_action_wrong"], say),
            say.number(week["left_to_people"]),
            say.number(week["runbooks_shown"]),
            _held(week["runbooks_helped"], week["runbooks_wrong"], say),
        )
        for week in reversed(weeks)
    ]
    return Sheet(say.text("How often triage was right"), headings(labels, range(1, 7)), rows)


def _held(right: int, wrong: int, say: Language) -> Cell:
    known = right + wrong
    return Cell(say.percent(right / known), note=f"({right}/{known})") if known else Cell("–")

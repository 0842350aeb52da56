"""Services, teams, escalation policies and, for those who may see them, responders: sortable tables."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from toban.clients.insights.groups import KINDS, read_groups, read_people
from toban.clients.insights.uptime import read_uptime
from toban.clients.warehouse import Choice, Snapshot
from toban.domain.language import Language
from toban.errors import UsageError
from toban.locale import language
from toban.web.insights.columns import Column, Columns, Row, sorted_by
from toban.web.insights.csv_files import rows_answer
from toban.web.insights.definitions import definitions
from toban.web.insights.desk import Desk
from toban.web.insights.pages import render
from toban.web.insights.pictures import sheet_png
from toban.web.insights.scope import scope
from toban.web.insights.sections import Section
from toban.web.insights.sheets import Sheet, cells, headings
from toban.web.insights.speaking import language_code
from toban.web.insights.visitors import persons_only

Read = Callable[[Snapshot, Choice], list[dict[str, Any]]]


class Table:
    """One table: its address, its rows, and whether they are about persons."""

    def __init__(self, path: str, kind: str, read: Read, *, persons: bool = False) -> None:
        self.path, self.kind, self.read, self.persons = path, kind, read, persons

    def title(self, say: Language) -> str:
        """Its heading, which is its name in the navigation."""
        return {
            "service": say.text("Services"),
            "team": say.text("Teams"),
            "policy": say.text("Escalation policies"),
            "responder": say.text("Responders"),
        }[self.kind]

    def columns(self, say: Language) -> list[Column]:
        """Its columns after the name."""
        if self.persons:
            return Columns(say).of_people()
        return Columns(say).of_services() if self.kind == "service" else Columns(say).of_groups()


def _services(snapshot: Snapshot, choice: Choice) -> list[dict[str, Any]]:
    up = read_uptime(snapshot, choice)
    rows = read_groups(snapshot, choice, KINDS["service"])
    return [row | {"uptime": up.of(row["id"]) if up and row["id"] else None} for row in rows]


TABLES = (
    Table("/services", "service", _services),
    Table("/teams", "team", lambda snapshot, choice: read_groups(snapshot, choice, KINDS["team"])),
    Table("/policies", "policy", lambda snapshot, choice: read_groups(snapshot, choice, KINDS["policy"])),
    Table("/responders", "responder", read_people, persons=True),
)


def sections(desk: Desk) -> Sequence[Section]:
    """A section for each table."""
    return [_section(desk, table) for table in TABLES]


def _section(desk: Desk, table: Table) -> Section:
    routes = APIRouter(dependencies=[Depends(persons_only)] if table.persons else [])

    def read(request: Request, columns: Sequence[Column]) -> tuple[Snapshot, list[Row]]:
        choice = desk.filters(request).choice
        with desk.snapshots.read(restricted=table.persons or bool(choice.responders)) as snapshot:
            found = table.read(snapshot, choice)
        column, largest_first = _order(request, columns, by_name=table.persons)
        return snapshot, sorted_by(found, column, largest_first=largest_first)

    @routes.get(table.path)
    def page(request: Request) -> Response:
        say = language(language_code(request))
        columns = [_name(table, say), *table.columns(say)]
        snapshot, rows = read(request, columns)
        column, largest_first = _order(request, columns, by_name=table.persons)
        return render(
            request,
            "table.html",
            filters=desk.filters(request),
            choices=desk.choices(request),
            snapshot=snapshot,
            table=table,
            title=table.title(say),
            columns=columns,
            rows=rows,
            sort=column.key,
            largest_first=largest_first,
            definitions=definitions(say),
        )

    @routes.get(f"{table.path}.csv")
    def download(request: Request) -> Response:
        _, rows = read(request, [_name(table, language("en")), *table.columns(language("en"))])
        return rows_answer(table.path.strip("/"), rows)

    @routes.get(f"{table.path}.png")
    def picture(request: Request) -> Response:
        say, filters = language(language_code(request)), desk.filters(request)
        columns = [_name(table, say), *table.columns(say)]
        beside = scope(filters, desk.choices(request), say)
        sheet = _sheet(table, columns, read(request, columns)[1], beside, say)
        return sheet_png(table.path.strip("/"), sheet, say)

    return Section(table.path, routes, table.title, persons=table.persons)


def _name(table: Table, say: Language) -> Column:
    label = {
        "service": say.text("Service"),
        "team": say.text("Team"),
        "policy": say.text("Escalation policy"),
        "responder": say.text("Person"),
    }[table.kind]
    return Column("name", label, lambda row: (row["name"] or "").lower(), str)


def _sheet(table: Table, columns: Sequence[Column], rows: Sequence[Row], beside: str, say: Language) -> Sheet:
    """As the page shows it."""
    tools = [say.text("Monitoring tool")] if table.kind == "service" else []
    return Sheet(
        table.title(say),
        headings([*(column.label for column in columns), *tools], range(1, len(columns))),
        [
            cells(
                row["name"] or row["id"] or say.text("none"),
                *(column.shown(column.value(row)) for column in columns[1:]),
                *([say.text(", ").join(row["tools"]) or "–"] if tools else []),
            )
            for row in rows
        ],
        beside,
    )


def _order(request: Request, columns: Sequence[Column], *, by_name: bool) -> tuple[Column, bool]:
    """Persons stand in the order of their names, unless asked: this is no ranking."""
    given = request.query_params.get("sort") or ("name" if by_name else "-incidents")
    for column in columns:
        if column.key == given.removeprefix("-"):
            return column, given.startswith("-")
    raise UsageError(f"sort = {given!r} is no column of this table.")

"""The SQL console: an editor, what can be asked about, and answers as JSON, CSV and Parquet."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError

from toban.clients.console.console import Console
from toban.clients.console.schema import examples, tables
from toban.clients.warehouse.parquet import parquet_of
from toban.domain.console.nouns import DOWNLOADED, LONGEST_STATEMENT, SHOWN, Limits, Result
from toban.errors import ConsoleFull, QueryRefused, QueryStopped, TobanError
from toban.locale import language
from toban.web.bodies import body_of
from toban.web.insights.console_examples import explanations
from toban.web.insights.console_words import reason
from toban.web.insights.csv_files import csv_answer
from toban.web.insights.desk import Desk
from toban.web.insights.pages import render
from toban.web.insights.sections import Section
from toban.web.insights.snapshot_file import snapshot_answer
from toban.web.insights.speaking import language_code
from toban.web.insights.visitors import visitor_of

MOST_BODY = 8 * LONGEST_STATEMENT  # JSON may write a byte as six, and a longer statement is told so
PARQUET = {"Content-Disposition": 'attachment; filename="toban-query.parquet"'}


class Question(BaseModel):
    """What the editor sends; ``persons`` asks the snapshot with what concerns persons."""

    sql: str
    persons: bool = False


async def _question(request: Request) -> Question:
    try:
        return Question.model_validate_json(await body_of(request, MOST_BODY))
    except ValidationError:
        raise HTTPException(400) from None


Asked = Annotated[Question, Depends(_question)]


def section(desk: Desk, console: Console) -> Section:
    """The page /console and what it fetches."""
    routes = APIRouter(prefix="/console")

    @routes.get("")
    def page(request: Request) -> Response:
        return render(request, "console.html", shown=SHOWN, downloaded=DOWNLOADED)

    @routes.get("/schema")
    def schema(request: Request, persons: bool = False) -> Any:
        _allow(request, persons)
        with desk.snapshots.read(restricted=persons) as snapshot:
            return {"tables": tables(snapshot), "examples": _examples(language_code(request))}

    @routes.get("/snapshot")
    def snapshot(request: Request, persons: bool = False) -> Response:
        _allow(request, persons)
        return snapshot_answer(desk.snapshots, persons=persons)

    @routes.post("/run")
    def run(request: Request, question: Asked) -> Response:
        return _answer(request, question, SHOWN, _as_json)

    @routes.post("/csv")
    def csv(request: Request, question: Asked) -> Response:
        return _answer(request, question, DOWNLOADED, _as_csv)

    @routes.post("/parquet")
    def parquet(request: Request, question: Asked) -> Response:
        return _answer(request, question, DOWNLOADED, _as_parquet)

    def _answer(request: Request, question: Question, limits: Limits, form: Any) -> Response:
        _allow(request, question.persons)
        who = visitor_of(request).name
        try:
            result = console.ask(question.sql, who=who, restricted=question.persons, limits=limits)
        except (ConsoleFull, QueryRefused, QueryStopped) as error:
            return _refused(request, error)
        answer: Response = form(result)
        if result.truncated:
            answer.headers["Toban-Truncated"] = "yes"
        return answer

    return Section("/console", routes, lambda say: say.text("SQL"))


def _allow(request: Request, persons: bool) -> None:
    if persons and not visitor_of(request).sees_persons:
        raise HTTPException(403)


def _examples(code: str) -> list[dict[str, str]]:
    about = explanations(language(code))
    return [{**each, "about": about[each["name"]]} for each in examples(code)]


def _refused(request: Request, error: TobanError) -> Response:
    """The reason in words, and where in the statement: line and column, from 1.

    It is an answer like any other: browsers would write one of 400 or more to the console as a fault.
    """
    told: dict[str, Any] = {"reason": reason(error, language(language_code(request)))}
    if isinstance(error, QueryRefused) and error.place:
        told |= {"line": error.place[0], "column": error.place[1]}
    return JSONResponse({"refused": told})


def _as_json(result: Result) -> Response:
    columns = [{"name": column.name, "type": column.type} for column in result.columns]
    return JSONResponse({
        "columns": columns,
        "rows": result.rows,
        "truncated": result.truncated,
        "elapsed_s": round(result.elapsed_s, 3),
    })  # fmt: skip


def _as_csv(result: Result) -> Response:
    return csv_answer("query", [column.name for column in result.columns], result.rows)


def _as_parquet(result: Result) -> Response:
    return Response(parquet_of(result), media_type="application/vnd.apache.parquet", headers=PARQUET)

"""A picture says which incidents its figures are of, as the page that it left did."""

from pathlib import Path

from starlette.requests import Request

from insights_warehouse import desk
from toban.locale import language
from toban.web.insights.scope import scope


def caption(folder: Path, query: str, code: str = "en") -> str:
    request = Request({"type": "http", "query_string": query.encode(), "headers": []})
    choices = {"service": [("S1", "Shop"), ("S2", "Mail")]}
    return scope(desk(folder).filters(request), choices, language(code))


def test_the_days_come_first_and_then_each_filter_by_its_names(tmp_path: Path) -> None:
    days = "since=2026-03-01&until=2026-03-22&tz=Asia/Tokyo"
    assert caption(tmp_path, days) == "2026-03-01 – 2026-03-22 (Asia/Tokyo)"
    chosen = caption(tmp_path, f"{days}&service=S1&service=S2&urgency=high")
    assert chosen == "2026-03-01 – 2026-03-22 (Asia/Tokyo) · Service: Shop, Mail · Urgency: high"


def test_the_responsible_team_is_named(tmp_path: Path) -> None:
    team = next(iter(desk(tmp_path).teams.values()))
    assert caption(tmp_path, "owner=web").endswith(f" · Responsible team: {team.name}")
    assert caption(tmp_path, "owner=web", "ja").endswith(f" · 担当チーム: {team.name}")

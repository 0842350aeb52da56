"""GET /log_entries: the account's story, newest first."""

from itertools import islice

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.entry_log import DETAIL_TYPES
from toban.sandbox.pagerduty.http.answering import answer, cut_page
from toban.sandbox.pagerduty.http.asking import flag, listed, paging, window, world_of
from toban.sandbox.pagerduty.http.including import shown_entry
from toban.sandbox.pagerduty.refusals import not_found

router = APIRouter()


@router.get("/log_entries")
async def list_entries(request: Request) -> Response:
    """since <= created_at <= until; `is_overview` and `team_ids[]` look at every entry of the window."""
    world, asked, include = world_of(request), paging(request), listed(request, "include")
    low, high = world.entries.window(*window(request))
    teams, overview = set(listed(request, "team_ids")), flag(request, "is_overview")
    if teams or overview:
        rows = [
            entry
            for entry in world.entries.newest_first(low, high)
            if not (overview and entry["type"] in DETAIL_TYPES)
            and (not teams or teams & {team["id"] for team in entry["teams"]})
        ]
        shown, total = rows[asked.offset : asked.offset + asked.limit], len(rows)
    else:
        top = max(low, high - asked.offset)
        shown = list(islice(world.entries.newest_first(max(low, top - asked.limit), top), asked.limit))
        total = high - low
    return cut_page("log_entries", [shown_entry(world, entry, include) for entry in shown], asked, total)


@router.get("/log_entries/{key}")
async def show_entry(request: Request, key: str) -> Response:
    world = world_of(request)
    entry = world.entries.find(key)
    if not entry:
        raise not_found()
    include = {"channels", *listed(request, "include")}  # a single entry always shows its channel
    return answer({"log_entry": shown_entry(world, entry, include)})

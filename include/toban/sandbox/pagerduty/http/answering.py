"""Writes answers as PagerDuty does."""

from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import Response

from toban.sandbox.pagerduty.http.asking import Paging

MEDIA_TYPE = "application/json; charset=utf-8"


def answer(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type=MEDIA_TYPE)


def nothing(status: int = 204) -> Response:
    return Response(status_code=status)


def page(key: str, rows: Sequence[Any], asked: Paging) -> Response:
    """One page of all `rows`."""
    shown = rows[asked.offset : asked.offset + asked.limit]
    return cut_page(key, shown, asked, len(rows))


def cut_page(key: str, shown: Sequence[Any], asked: Paging, total: int) -> Response:
    """A page already cut out of `total` rows."""
    more = asked.offset + len(shown) < total
    frame = {"limit": asked.limit, "offset": asked.offset, "more": more}
    return answer({key: list(shown), **frame, "total": total if asked.total else None})

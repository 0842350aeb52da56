"""Addresses of pages: where the app is mounted, and the filters that go along from page to page."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from fastapi import Request

# What narrows every page down; links from one page to another keep it.
FILTERS = (
    "period", "since", "until", "compare", "by", "tz",
    "owner", "team", "service", "policy", "urgency", "priority", "tool", "responder",
)  # fmt: skip
Changes = Mapping[str, str | Iterable[str] | None]


def base_of(request: Request) -> str:
    """The path under which the app is mounted, such as ``/airflow/toban``; links begin with it."""
    return str(request.scope.get("root_path", ""))


def path_of(request: Request) -> str:
    """The path below the app, such as ``/incidents``."""
    return request.url.path.removeprefix(base_of(request)) or "/"


def here(request: Request, changes: Changes) -> str:
    """The address of this very page with some parameters changed; None takes one away."""
    return _address(request, path_of(request), request.query_params.multi_items(), changes)


def there(request: Request, path: str, changes: Changes) -> str:
    """The address of another page, with the filters of this one."""
    kept = [item for item in request.query_params.multi_items() if item[0] in FILTERS]
    return _address(request, path, kept, changes)


def _address(request: Request, path: str, given: list[tuple[str, str]], changes: Changes) -> str:
    kept = [(name, value) for name, value in given if name not in changes and value]
    changed = [
        (name, each)
        for name, value in changes.items()
        if value is not None
        for each in ([value] if isinstance(value, str) else value)
    ]
    query = urlencode([*kept, *changed])
    return base_of(request) + path + (f"?{query}" if query else "")

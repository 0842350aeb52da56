"""The app of the pages: a door, the headers, the sections' routes, and refusals that are pages too."""

from collections.abc import Collection, Sequence

from fastapi import FastAPI

from toban.web.insights import static
from toban.web.insights.door import Door
from toban.web.insights.headers import SecurityHeaders
from toban.web.insights.pages import Pages
from toban.web.insights.problems import HANDLERS, at_the_door
from toban.web.insights.sections import Section
from toban.web.insights.visitors import Who


def create_insights(
    sections: Sequence[Section], who: Who, *, login: str, own_hosts: Collection[str] = ()
) -> FastAPI:
    """The pages of these sections, in the order of the navigation.

    ``login`` is the address that logs somebody in, taking ``next``; ``own_hosts`` are hosts (with port) whose
    pages may send forms here beside the one that is asked, as where a proxy changes the Host header.
    """
    app = FastAPI(docs_url=None, openapi_url=None, redoc_url=None, redirect_slashes=False)
    app.state.pages, app.state.login = Pages(sections), login
    app.include_router(static.router())
    for section in sections:
        app.include_router(section.router)
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(Door, who=who, refuse=at_the_door, own_hosts=own_hosts)
    app.add_middleware(SecurityHeaders)
    return app

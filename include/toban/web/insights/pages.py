"""Pages out of templates: what each of them needs is put in here, once."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, cast

from babel.dates import get_day_names
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from toban.domain.language import Language
from toban.locale import LANGUAGES, language
from toban.web.insights.addresses import base_of, here, path_of, there
from toban.web.insights.moments import short_day, when
from toban.web.insights.sections import Section
from toban.web.insights.speaking import COOKIE, language_code
from toban.web.insights.static import version

A_YEAR_S = 365 * 86_400
OWN_NAMES = {"en": "English", "ja": "日本語"}


class Pages:
    """The templates and the navigation above them."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = [section for section in sections if section.label]
        self._environment = Environment(
            loader=FileSystemLoader(str(files(__package__).joinpath("templates"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, request: Request, template: str, values: Mapping[str, Any]) -> str:
        """The template filled with these values and what `_frame` adds."""
        return self._environment.get_template(template).render(self._frame(request) | dict(values))

    def _frame(self, request: Request) -> dict[str, Any]:
        """``say``; ``base``, before every address; ``sections`` of the navigation; ``languages``.

        ``here(name=value)`` is this page with a parameter changed, ``there(path, name=value)`` another page
        with this one's filters.
        """
        code, base = language_code(request), base_of(request)
        say, visitor = language(code), getattr(request.state, "visitor", None)
        open_to = [each for each in self._sections if visitor and (visitor.sees_persons or not each.persons)]
        return {
            "say": say,
            "base": base,
            "static": f"{base}/static/{version()}",
            "visitor": visitor,
            "path": base + path_of(request),
            "filter_items": request.query_params.multi_items,
            "when": lambda moment, zone: when(moment, zone, say),
            "short_day": lambda day: short_day(day, say),
            "weekday_name": lambda number: get_day_names("wide", locale=code)[number - 1],
            "here": lambda **changes: here(request, changes),
            "there": lambda path, **changes: there(request, path, changes),
            "sections": [_entry(request, each, say) for each in open_to],
            "languages": [_choice(request, each, code) for each in LANGUAGES],
        }


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page as an answer; a language chosen in the address is remembered for a year."""
    pages = cast("Pages", request.app.state.pages)
    answer = HTMLResponse(pages.html(request, template, values), status)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(
            COOKIE,
            request.query_params["lang"],
            max_age=A_YEAR_S,
            path=base_of(request) or "/",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer


def _is_here(request: Request, section: Section) -> bool:
    path = path_of(request)
    return path == section.path or (section.path != "/" and path.startswith(f"{section.path}/"))


def _entry(request: Request, section: Section, say: Language) -> dict[str, Any]:
    label = section.label(say) if section.label else ""
    return {"url": there(request, section.path, {}), "label": label, "here": _is_here(request, section)}


def _choice(request: Request, code: str, chosen: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": OWN_NAMES[code],
        "url": here(request, {"lang": code}),
        "here": code == chosen,
    }

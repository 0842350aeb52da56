"""In which language a page speaks: as the address says, else as chosen before, else as the browser asks."""

from fastapi import Request

from toban.locale import LANGUAGES

COOKIE = "toban_language"


def language_code(request: Request) -> str:
    """``en`` or ``ja``."""
    wishes = (request.query_params.get("lang"), request.cookies.get(COOKIE))
    return next((wish for wish in wishes if wish in LANGUAGES), None) or _of_the_browser(request)


def _of_the_browser(request: Request) -> str:
    """The first of Accept-Language that there is; weights that are none count as the least."""
    wishes = [part.partition(";q=") for part in request.headers.get("accept-language", "").split(",")]
    ordered = sorted(wishes, key=lambda wish: -_weight(wish[2]))
    codes = (tag.strip().partition("-")[0].lower() for tag, _, _ in ordered)
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0

"""The style sheet, the script and the icons; a new version has a new address, so browsers keep the old."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Response

KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
FOLDER = files(__package__).joinpath("static")


def router() -> APIRouter:
    """GET /static/<version>/<name>."""
    routes = APIRouter()

    @routes.get("/static/{version}/{name}")
    def static(version: str, name: str) -> Response:  # noqa: ARG001 - only there to be new
        content = contents().get(name)
        if content is None:
            raise HTTPException(404)
        return Response(content, media_type=KINDS[name.rpartition(".")[2]], headers=KEPT)

    return routes


@cache
def contents() -> dict[str, bytes]:
    """Each file's name and bytes; these names, and no path, can be asked for."""
    return {
        file.name: file.read_bytes() for file in FOLDER.iterdir() if file.name.rpartition(".")[2] in KINDS
    }


@cache
def version() -> str:
    """Changes with any of the files."""
    told = sha256(b"".join(content for _, content in sorted(contents().items())))
    return told.hexdigest()[:12]

"""The Web API's front door: who calls, how often, with which scopes; then the method itself."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.methods import METHODS, Call, Method
from toban.sandbox.slack.rates import Rates
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.workspace import Workspace

REFUSED_TOKENS = ("invalid", "xoxb-invalid", "xapp-invalid")
BOT_TOKEN, APP_TOKEN = "xoxb-", "xapp-"  # how the tokens of both kinds begin


def api_router(workspace: Workspace, rates: Rates) -> APIRouter:
    """/api/<method> for all methods, the upload of bytes, and the uploaded files."""
    router = APIRouter()

    @router.api_route("/api/{name}", methods=["GET", "POST"])
    async def call(name: str, request: Request) -> Response:
        try:
            return _answer(workspace, rates, name, request, await request.body())
        except RefusedError as refused:
            return JSONResponse(refused.body())

    @router.post("/upload/v1/{file_id}")
    async def upload(file_id: str, request: Request) -> Response:
        try:
            workspace.files.fill(file_id, await request.body())
        except RefusedError as refused:
            return PlainTextResponse(refused.code, status_code=400)
        return PlainTextResponse(f"OK - {workspace.files.known(file_id)['size']}")

    @router.get("/files-pri/{team_and_file}/{_name}")
    async def file(team_and_file: str, _name: str) -> Response:
        return _file(workspace, team_and_file.partition("-")[2])

    return router


def _answer(workspace: Workspace, rates: Rates, name: str, request: Request, body: bytes) -> Response:
    args = Arguments.read(request.url.query, request.headers.get("content-type", ""), body)
    method = METHODS.get(name)
    if method is None:
        raise RefusedError("unknown_method", req_method=name)
    _require_token(method, args.token(request.headers.get("authorization", "")))
    if wait_s := rates.retry_after_s(name, method.per_minute, _channel(workspace, method, args)):
        refusal = RefusedError("ratelimited").body()
        return JSONResponse(refusal, status_code=429, headers={"Retry-After": str(wait_s)})
    _require_scope(workspace, method)
    answer = method.run(Call(workspace, args, str(request.base_url).rstrip("/")))
    return JSONResponse({"ok": True, **answer}, headers=_scopes(workspace, method))


def _require_token(method: Method, token: str) -> None:
    if not token:
        raise RefusedError("not_authed")
    if not token.startswith((BOT_TOKEN, APP_TOKEN)) or token in REFUSED_TOKENS:
        raise RefusedError("invalid_auth")
    if token.startswith(APP_TOKEN) != method.app_level:
        raise RefusedError("not_allowed_token_type")


def _require_scope(workspace: Workspace, method: Method) -> None:
    granted = _granted(workspace, method)
    if method.scopes and not granted & set(method.scopes):
        provided = ",".join(sorted(granted))
        raise RefusedError("missing_scope", needed=method.scopes[0], provided=provided)


def _granted(workspace: Workspace, method: Method) -> set[str]:
    """The scopes of the token that the method is called with."""
    return workspace.app_scopes if method.app_level else workspace.scopes


def _channel(workspace: Workspace, method: Method, args: Arguments) -> str | None:
    """Whose bucket a message comes out of: the channel's id, however the caller named it."""
    if not method.per_channel:
        return None
    named = args.text("channel")
    try:
        return str(workspace.channels.named(named)["id"])
    except RefusedError:
        return named or "?"


def _scopes(workspace: Workspace, method: Method) -> dict[str, Any]:
    return {
        "x-oauth-scopes": ",".join(sorted(_granted(workspace, method))),
        "x-accepted-oauth-scopes": ",".join(method.scopes),
    }


def _file(workspace: Workspace, file_id: str) -> Response:
    content = workspace.files.content(file_id)
    if content is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    kind = workspace.files.known(file_id)["mimetype"]
    # An upload must not become a page of this server: pictures are shown, everything else is text.
    safe = kind if kind.startswith("image/") else "text/plain; charset=utf-8"
    return Response(content, media_type=safe, headers={"X-Content-Type-Options": "nosniff"})

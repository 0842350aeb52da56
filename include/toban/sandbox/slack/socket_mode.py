"""The routes of Socket Mode: the WebSocket itself, and what tests order of it."""

from fastapi import APIRouter, HTTPException, WebSocket
from pydantic import BaseModel, ConfigDict

from toban.sandbox.slack.sockets import REASONS, Sockets


class Disconnect(BaseModel):
    """Why connections are asked to go (see sockets.REASONS; "" closes without a word), and how soon."""

    model_config = ConfigDict(extra="forbid")
    reason: str = "refresh_requested"
    close_after_s: float = 0.5


def socket_router(sockets: Sockets) -> APIRouter:
    """/link/, and /_sandbox/socket-mode."""
    router = APIRouter()

    @router.websocket("/link/")
    async def link(socket: WebSocket, ticket: str = "") -> None:
        if not sockets.redeem(ticket):
            await socket.close()  # before it is accepted: 403
            return
        await socket.accept()
        await sockets.hold(socket)

    @router.get("/_sandbox/socket-mode")
    async def told() -> dict[str, int]:
        numbers = {"acknowledged": sockets.acknowledged, "resent": sockets.resent, "lost": sockets.lost}
        return {"connections": sockets.connections, **numbers}

    @router.post("/_sandbox/socket-mode/disconnect")
    async def disconnect(order: Disconnect) -> dict[str, bool]:
        if order.reason not in {"", *REASONS}:
            raise HTTPException(422, f"{order.reason!r} is no reason; choose one of {', '.join(REASONS)}")
        await sockets.disconnect(order.reason, order.close_after_s)
        return {"ok": True}

    return router

"""apps.connections.open: the address of a WebSocket for Socket Mode."""

from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.names import APP
from toban.sandbox.slack.rates import TIER_1


@method("apps.connections.open", "connections:write", per_minute=TIER_1, app_level=True)
def open_(call: Call) -> Answer:
    """An address that admits one connection; asked for with the app-level token (xapp-…)."""
    server = call.base_url.replace("http", "ws", 1)
    return {"url": f"{server}/link/?ticket={call.workspace.sockets.ticket()}&app_id={APP}"}

"""How a method refuses: one exception that carries Slack's error code and what goes with it."""

from typing import Any


class RefusedError(Exception):
    """Becomes `{"ok": false, "error": code, …}`; `more` is put beside the code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    @classmethod
    def with_reasons(cls, code: str, reasons: list[str]) -> "RefusedError":
        """As Slack explains blocks and arguments it does not take: the reasons twice, once marked."""
        marked = {"messages": [f"[ERROR] {reason}" for reason in reasons]}
        return cls(code, errors=reasons, response_metadata=marked)

    def body(self) -> dict[str, Any]:
        """The JSON that Slack answers, with HTTP status 200."""
        return {"ok": False, "error": self.code, **self.more}

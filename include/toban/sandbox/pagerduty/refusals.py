"""What PagerDuty refuses, with its status, code and words."""


class RefusedError(Exception):
    """Becomes {"error": {"message", "code", "errors"}} with the HTTP status."""

    def __init__(self, status: int, code: int, message: str, *errors: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> dict[str, object]:
        details = {"errors": list(self.errors)} if self.errors else {}
        return {"error": {"message": self.message, "code": self.code, **details}}


def not_found() -> RefusedError:
    return RefusedError(404, 2100, "Not Found")


def invalid(*errors: str, code: int = 2001) -> RefusedError:
    return RefusedError(400, code, "Invalid Input Provided", *errors)


def already_resolved() -> RefusedError:
    return RefusedError(400, 1001, "Incident Already Resolved", "Incident Already Resolved")


def already_acknowledged() -> RefusedError:
    return RefusedError(400, 1002, "Incident Already Acknowledged", "Incident Already Acknowledged")


def cannot_escalate(why: str) -> RefusedError:
    return RefusedError(400, 1006, "Incident Cannot Be Escalated", why)


def requester_not_found(why: str) -> RefusedError:
    return RefusedError(400, 1008, "Requester User Not Found", why)


def already_merged() -> RefusedError:
    return RefusedError(400, 1019, "Incident Already Merged", "The incident was merged into another one.")


def unauthorized() -> RefusedError:
    return RefusedError(401, 2006, "Unauthorized", "The API key is missing or was refused.")


def rate_limited() -> RefusedError:
    return RefusedError(429, 2020, "Rate Limit Exceeded")


def missing_ability(ability: str) -> RefusedError:
    return RefusedError(402, 2014, "Payment Required", f"The account does not have the ability {ability}.")

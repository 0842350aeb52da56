"""Who looks at a page, and what that person may see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from fastapi import HTTPException, Request


@dataclass(frozen=True)
class Visitor:
    """A person logged in to Airflow; ``sees_persons`` opens the restricted snapshot."""

    name: str
    sees_persons: bool


# Tells who asks; raises HTTPException 401 or 403 where nobody is logged in.
Who = Callable[[Request], Awaitable[Visitor]]


def visitor_of(request: Request) -> Visitor:
    """Whom the door let in; a dependency for routes that want to know."""
    return cast("Visitor", request.state.visitor)


def persons_only(request: Request) -> Visitor:
    """The same for routes about persons: raises HTTPException 403 for everybody without that permission."""
    visitor = visitor_of(request)
    if not visitor.sees_persons:
        raise HTTPException(403)
    return visitor

"""A part of the pages: its routes, and where it stands in the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from toban.domain.language import Language


@dataclass(frozen=True)
class Section:
    """Routes below ``path`` (``/services``; ``/`` for the first page).

    ``label`` gives its name in the navigation; a section without one is reached from other pages alone.
    ``persons`` marks what only those who may see persons are shown; its routes have to ask
    `visitors.persons_only` themselves.
    """

    path: str
    router: APIRouter
    label: Callable[[Language], str] | None = None
    persons: bool = False

"""The page (being drawn)."""

from fastapi import APIRouter

from toban.sandbox.slack.workspace import Workspace


def page_router(workspace: Workspace) -> APIRouter:
    """The page at /."""
    del workspace
    return APIRouter()

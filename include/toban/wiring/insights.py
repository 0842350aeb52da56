"""The pages with everything real: Airflow's login, the published snapshots, the settings."""

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import FastAPI, Request

from toban.web.insights.app import create_insights
from toban.web.insights.sections import Section
from toban.web.insights.visitors import Visitor

log = logging.getLogger(__name__)
# What a role of FAB's is given to see pages about persons: airflow roles add-perms <role> -a can_read -r ...
PERSONS = "Toban persons"


def in_airflow() -> FastAPI:
    """The app for Airflow's API server."""
    from airflow.configuration import conf  # noqa: PLC0415 - only in the API server, where Airflow is loaded

    address = urlsplit(conf.get("api", "base_url", fallback=""))
    return create_insights(
        sections(),
        who,
        login=f"{address.path.rstrip('/')}/api/v2/auth/login",
        own_hosts=[address.netloc] if address.netloc else [],
    )


def sections() -> Sequence[Section]:
    """Every part of the pages, in the order of the navigation."""
    return ()


async def who(request: Request) -> Visitor:
    """Whoever Airflow says it is; raises HTTPException 401 or 403 as Airflow's own pages do."""
    from airflow.api_fastapi.core_api.security import bearer_scheme, get_user  # noqa: PLC0415 - the same

    user = await get_user(request, None, await bearer_scheme(request))
    return Visitor(user.get_name(), _sees_persons(user))


def _sees_persons(user: object) -> bool:
    """Under FAB who has the permission for it; the simple auth manager has none, so from op upward."""
    from airflow.api_fastapi.app import get_auth_manager  # noqa: PLC0415 - the same
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import (  # noqa: PLC0415 - the same
        SimpleAuthManager,
    )

    manager = get_auth_manager()
    if isinstance(manager, SimpleAuthManager):
        return bool(manager.is_authorized_connection(method="GET", user=user))
    return bool(manager.is_authorized_custom_view(method="GET", resource_name=PERSONS, user=user))

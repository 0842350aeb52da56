"""Run in a process of its own where Airflow is set up: asks Airflow's app for pages, prints statuses."""

import asyncio
import json
import sys
from typing import Any

import httpx
from airflow.api_fastapi.app import create_app, get_auth_manager
from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
from airflow.utils.db import initdb

PATHS = (
    "/toban/", "/toban/incidents", "/toban/definitions", "/toban/responders", "/toban/nothing",
    "/toban/static/1/insights.css", "/toban/docs", "/toban/openapi.json",
)  # fmt: skip


def credentials() -> dict[str, dict[str, Any]]:
    def token(role: str) -> str:
        return get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=role, role=role))

    return {
        "nobody": {},
        "forged": {"cookies": {"_token": token("viewer")[:-4] + "AAAA"}},
        "viewer": {"cookies": {"_token": token("viewer")}},
        "op": {"cookies": {"_token": token("op")}},
        "script": {"headers": {"Authorization": f"Bearer {token('viewer')}"}},
        "no script": {
            "headers": {"Authorization": "Bearer x"},
            "cookies": {"_token": token("op")},
        },
    }


async def statuses(app: Any, how: dict[str, Any]) -> dict[str, int]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow.example", **how) as client:
        return {path: (await client.get(path)).status_code for path in PATHS}


def main() -> None:
    initdb()
    app = create_app()
    told = {who: asyncio.run(statuses(app, how)) for who, how in credentials().items()}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()

"""The few questions the demo asks Airflow's public REST API."""

from typing import Any

import httpx

TIMEOUT_S = 10


class AirflowApi:
    """Airflow's REST API v2, logged in as one user."""

    def __init__(self, url: str, user: str, password: str) -> None:
        login = {"username": user, "password": password}
        token = httpx.post(f"{url}/auth/token", json=login, timeout=TIMEOUT_S).raise_for_status().json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        self._client = httpx.Client(base_url=f"{url}/api/v2", headers=headers, timeout=TIMEOUT_S)

    @staticmethod
    def answers(url: str) -> bool:
        """Whether anything answers 200 there."""
        try:
            return httpx.get(url, timeout=TIMEOUT_S).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def dag_ids(self, prefix: str) -> list[str]:
        """The DAGs whose id begins with that."""
        found = self._get("/dags", limit=100)["dags"]
        return [dag["dag_id"] for dag in found if dag["dag_id"].startswith(prefix)]

    def import_errors(self) -> str:
        """Why DAG files cannot be read, or a plain sentence that none says so."""
        errors = self._get("/importErrors")["import_errors"]
        return (
            "; ".join(error["stack_trace"].strip().splitlines()[-1] for error in errors)
            or "no file has errors"
        )

    def unpause(self, dag_id: str) -> None:
        """Let the scheduler run it."""
        self._client.patch(f"/dags/{dag_id}", json={"is_paused": False}).raise_for_status()

    def _get(self, path: str, **params: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.get(path, params=params).raise_for_status().json()
        return answer

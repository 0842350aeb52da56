"""Airflow's REST API, as far as waking a DAG needs it, for a receiver that runs outside Airflow."""

from datetime import UTC, datetime
from threading import Lock
from typing import Any, Literal
from urllib.parse import quote

import httpx

from toban.errors import AirflowError

TIMEOUT_S = 4.0  # PagerDuty waits 5 s for its answer
AGAIN = "PagerDuty sends the webhook again."


class AirflowRuns:
    """The runs of one DAG; every method raises AirflowError. The login's token is renewed when refused."""

    def __init__(
        self, url: str, user: str, password: str, dag_id: str, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._url = url.rstrip("/")
        self._login = {"username": user, "password": password}
        self._dag = f"{self._url}/api/v2/dags/{quote(dag_id, safe='')}"
        # A connection for each call: one kept open may have been closed by Airflow just when it is needed.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(timeout=timeout_s, limits=limits)
        self._token: str | None = None
        self._renewing = Lock()

    def look(self) -> Literal["queued", "none", "unfit"]:
        """Whether a run waits for its begin; "unfit" where the DAG is paused, broken or unknown."""
        dag = self._call("GET", self._dag, missing_is_fine=True)
        if dag is None or dag["is_paused"] or dag.get("is_stale") or dag.get("has_import_errors"):
            return "unfit"
        asked = {"state": "queued", "limit": "1", "run_after_lte": datetime.now(UTC).isoformat()}
        runs = self._call("GET", f"{self._dag}/dagRuns", params=asked)
        return "queued" if runs and runs["dag_runs"] else "none"

    def create(self, run_id: str) -> bool:
        """Queue a run; False where one of that id exists, in whatever state."""
        body = {"dag_run_id": run_id, "logical_date": None}
        return self._call("POST", f"{self._dag}/dagRuns", json=body, taken_is_fine=True) is not None

    def _call(
        self,
        method: str,
        url: str,
        *,
        missing_is_fine: bool = False,
        taken_is_fine: bool = False,
        **more: Any,
    ) -> dict[str, Any] | None:
        """The answer's JSON; None for a 404 or 409 that is fine."""
        token = self._token or self._renewed(None)
        answer = self._sent(method, url, token, more)
        if answer.status_code == 401:
            answer = self._sent(method, url, self._renewed(token), more)
        if {404: missing_is_fine, 409: taken_is_fine}.get(answer.status_code):
            return None
        return _object(answer, f"{method} {url}")

    def _sent(self, method: str, url: str, token: str | None, more: dict[str, Any]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            return self._client.request(method, url, headers=headers, **more)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AirflowError(
                f"Airflow does not answer at {self._url} ({type(error).__name__}): see TOBAN_AIRFLOW_URL. "
                f"{AGAIN}"
            ) from None

    def _renewed(self, refused: str | None) -> str:
        """A token other than the refused one; whoever comes second takes that of the first."""
        with self._renewing:
            if self._token is None or self._token == refused:
                answer = self._sent("POST", f"{self._url}/auth/token", None, {"json": self._login})
                self._token = str(_object(answer, "the login")["access_token"])
            return self._token


def _object(answer: httpx.Response, request: str) -> dict[str, Any]:
    if answer.status_code in {401, 403}:
        raise AirflowError(
            f"Airflow refused {request} ({answer.status_code}): give TOBAN_AIRFLOW_USER and "
            f"TOBAN_AIRFLOW_PASSWORD of a user who may trigger DAGs. {AGAIN}"
        )
    try:
        value = answer.json() if answer.is_success else None
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise AirflowError(
            f"Airflow answered {request} with {answer.status_code} and nothing useful. {AGAIN}"
        )
    return value

"""A real Airflow on loopback: its environment, and the processes it is made of."""

import json
import os
import secrets
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

from toban.demo.ports import LOOPBACK

USER = "admin"
SLOTS = 6  # tasks at once: all else together leaves one to the alert pass; idle workers cost memory
# A killed task gives its slot back, and a killed scheduler its tasks, within seconds instead of minutes.
# Tasks and schedulers write a heartbeat every 5 s.
LIVELY: dict[str, object] = {
    "TASK_INSTANCE_HEARTBEAT_TIMEOUT": 30,
    "TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": 5.0,
    "ORPHANED_TASKS_CHECK_INTERVAL": 15.0,
    "SCHEDULER_IDLE_SLEEP_TIME": 0.3,  # a webhook's run is seen that soon, not within 1 s; 4 % of a core
}
# A task that begins while the API server is being restarted waits for it, a minute if need be, and goes on
# as soon as it answers; by default it gives up after a quarter of that, and its waits grow to 90 s.
PATIENT: dict[str, object] = {"EXECUTION_API_RETRIES": 30, "EXECUTION_API_RETRY_WAIT_MAX": 3.0}
PROCESSES = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler"],
    "dag-processor": ["dag-processor"],
}


def airflow_command(*arguments: str) -> list[str]:
    """The airflow program of this very Python environment."""
    return [sys.executable, "-m", "airflow", *arguments]


def demo_secrets(home: Path) -> dict[str, str]:
    """Keys and the login's password, made once and readable by their owner alone."""
    kept = home / "secrets.json"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        made = {name: secrets.token_urlsafe(32) for name in ("jwt", "api")}
        made["fernet"] = urlsafe_b64encode(secrets.token_bytes(32)).decode()
        made["password"] = secrets.token_urlsafe(6)
        kept.write_text(json.dumps(made))
        (home / "passwords.json").write_text(json.dumps({USER: made["password"]}))
    found: dict[str, str] = json.loads(kept.read_text())
    return found


def airflow_env(home: Path, checkout: Path, port: int, database_url: str) -> dict[str, str]:
    """Everything Airflow is told, as environment variables; nothing is read from the user's own."""
    keys = demo_secrets(home)
    sections: dict[str, dict[str, object]] = {
        "CORE": {
            "DAGS_FOLDER": checkout / "dags",
            "PLUGINS_FOLDER": checkout / "plugins",
            "LOAD_EXAMPLES": False,
            "EXECUTOR": "LocalExecutor",
            "PARALLELISM": SLOTS,
            "DAGS_ARE_PAUSED_AT_CREATION": True,
            "FERNET_KEY": keys["fernet"],
            "EXECUTION_API_SERVER_URL": f"http://{LOOPBACK}:{port}/execution/",
            "AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
            "SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
            "SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": home / "passwords.json",
        },
        "API": {
            "HOST": LOOPBACK,
            "PORT": port,
            "BASE_URL": f"http://{LOOPBACK}:{port}",
            "SECRET_KEY": keys["api"],
        },
        "API_AUTH": {"JWT_SECRET": keys["jwt"]},
        "DATABASE": {"SQL_ALCHEMY_CONN": database_url},
        "LOGGING": {"BASE_LOG_FOLDER": home / "logs"},
        "SCHEDULER": LIVELY,
        "WORKERS": PATIENT,
    }
    told = {
        f"AIRFLOW__{section}__{key}": str(value)
        for section, values in sections.items()
        for key, value in values.items()
    }
    own = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")}
    package_folder = str(Path(__file__).parents[2])
    return own | told | {"AIRFLOW_HOME": str(home), "PYTHONPATH": package_folder, "PYTHONUNBUFFERED": "1"}

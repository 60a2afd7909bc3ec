from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from adapters.delivery.preparing import migrate
from adapters.store.engine import connect
from adapters.store.tables import metadata
from tests.adapters.delivery.scenery import Clock, Platform
from tests.adapters.store.embedded_postgres import new_database, postgresql


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server for all tests that need one."""
    with postgresql(safe=False) as address:
        yield address


@pytest.fixture(scope="session")
def tables(server: str) -> str:
    """The name of a database on it that has all tables and nothing in them."""
    url = new_database(server)
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    return make_url(url).database or ""


@pytest.fixture
def postgresql_engine(server: str, tables: str) -> Iterator[Engine]:
    engine = connect(new_database(server, tables))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgresql_engine")
        return
    engine = connect(f"sqlite:///{tmp_path}/ally.db")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform() -> Platform:
    return Platform()

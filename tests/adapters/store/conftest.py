"""Both databases for all tests of this folder: SQLite in a file, PostgreSQL of our own."""

from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import Engine, make_url

from adapters.store.engine import connect
from adapters.store.migrating import migrate
from adapters.store.tables import metadata
from tests.adapters.store.embedded_postgres import postgresql

DATABASES = ["sqlite", "postgresql"]
_numbers = count()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session", params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database that all tests share."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('store')}/ally.db"
    address: str = request.getfixturevalue("postgresql_url")
    return address


@pytest.fixture(scope="session")
def _migrated(url: str) -> Iterator[Engine]:
    engine = connect(url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(_migrated: Engine) -> Engine:
    """A database that is up to date, with nothing in it."""
    with _migrated.begin() as connection:
        for table in metadata.tables.values():
            connection.execute(table.delete())
    return _migrated


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of the test's own, without a table."""
    name = f"empty_{next(_numbers)}"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp(name)}/ally.db"
    address: str = request.getfixturevalue("postgresql_url")
    server = connect(address)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    server.dispose()
    return make_url(address).set(database=name).render_as_string(hide_password=False)

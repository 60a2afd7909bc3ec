"""The steps lead to the tables, once, and never back."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from adapters.store.engine import StoreError, connect, reading
from adapters.store.migrating import LATEST, VERSION_TABLE, behind, migrate
from adapters.store.tables import metadata

MIGRATE = (
    "import sys\n"
    "from adapters.store.engine import connect\n"
    "from adapters.store.migrating import migrate\n"
    "migrate(connect(sys.argv[1]))"
)


def test_all_steps_together_give_the_tables(empty_url: str) -> None:
    engine = connect(empty_url)
    migrate(engine)
    with reading(engine) as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, VERSION_TABLE}
    engine.dispose()


def test_an_empty_database_is_behind_and_a_migrated_one_is_not(empty_url: str) -> None:
    engine = connect(empty_url)
    assert behind(engine)
    migrate(engine)
    assert not behind(engine)
    migrate(engine)
    engine.dispose()


def test_the_newest_step_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("adapters.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    names = [step.revision for step in reversed(steps)]
    assert names == sorted(names)
    assert {len(name) for name in names} == {len(LATEST)}
    assert names[-1] == LATEST


def test_several_processes_may_start_at_once(empty_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_url], stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def test_several_threads_may_start_at_once(empty_url: str) -> None:
    engines = [connect(empty_url) for _ in range(6)]
    with ThreadPoolExecutor(len(engines)) as threads:
        assert list(threads.map(migrate, engines)) == [None] * len(engines)
    for engine in engines:
        assert not behind(engine)
        engine.dispose()


def test_a_database_of_a_newer_program_is_refused(empty_url: str) -> None:
    engine = connect(empty_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for look in (migrate, behind):
        with pytest.raises(StoreError, match=r"9999.*update the program"):
            look(engine)
    engine.dispose()


def test_what_was_stored_before_a_step_stays(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses of the first tables have no team yet."""
    engine = connect(empty_url)
    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
        migrate(engine)
    columns = ("key", "workspace", "conversation", "service_url", "bot")
    stored = dict(
        zip(columns, ("made:w1/a", "made:w1", "c", "https://s.example", "b"), strict=True)
    )
    with engine.begin() as connection:
        values = ", ".join(f":{column}" for column in stored)
        connection.execute(text(f"INSERT INTO addresses VALUES ({values})"), stored)
    assert behind(engine)
    migrate(engine)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT * FROM addresses")).mappings().all()
    assert list(map(dict, rows)) == [stored | {"team": ""}]
    engine.dispose()


def test_a_step_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = connect(empty_url)
    with engine.begin() as connection:  # in the way of the last table
        connection.execute(text("CREATE TABLE false_alarms (id INTEGER)"))
    with pytest.raises(StoreError, match="already exists"):
        migrate(engine)
    with reading(engine) as connection:
        assert inspect(connection).get_table_names() == ["false_alarms"]
    engine.dispose()

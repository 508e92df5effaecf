"""The one flag of the tests: transcripts can be written anew. The table of figures that `make trust` ends with. And
PostgreSQL, for those who ask for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import pytest
import structlog

from storage.postgres import Postgres
from storage.tables import REVISION, metadata
from tests.servers import REQUIRED, NoServerError, Server, server

TRUST = "trust"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite-transcripts`: what the bot says now becomes what it is expected to say."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write the transcripts as they are played now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that wait for programs begin first: at the end, everybody else would wait for them."""
    items.sort(key=lambda item: "test_program" not in item.nodeid)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A command that was tested has set what is logged, for the whole process."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server. Where there is none, whoever asks for it is skipped."""
    own = tmp_path_factory.getbasetemp()
    try:
        with server(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as found:
            yield found
    except NoServerError as error:
        (pytest.fail if REQUIRED in os.environ else pytest.skip)(str(error))


@pytest.fixture
def new_postgres(postgres_server: Server) -> Iterator[str]:
    """The address of a database in which there is nothing."""
    with postgres_server.database() as name:
        yield postgres_server.address(name)


@pytest.fixture(scope="session")
def _own_postgres(postgres_server: Server) -> Iterator[str]:
    """A database of this worker's, with its tables."""
    with postgres_server.database() as name:
        Postgres(postgres_server.address(name), metadata, REVISION).close()
        yield name


@pytest.fixture
def postgres(postgres_server: Server, _own_postgres: str) -> str:
    """The address of a database whose tables are empty."""
    with postgres_server.connect(_own_postgres) as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        connection.execute(others, [_own_postgres])
        for table in reversed(metadata.sorted_tables):
            connection.execute(str(table.delete()))
    return postgres_server.address(_own_postgres)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """`pytest -m trust`: what the tests noted (`record_property`), summed up where it was counted in parts."""
    if config.option.markexpr != TRUST:
        return
    reports = {how: terminalreporter.getreports(how) for how in ("passed", "failed")}
    figures = _summed(noted for theirs in reports.values() for report in theirs for noted in report.user_properties)
    figures |= {f"tests that {how}": len(theirs) for how, theirs in reports.items()}
    terminalreporter.section("figures of trust, of this run")
    for what, figure in figures.items():
        terminalreporter.line(f"{what:<60} {f'{figure:.3f}' if isinstance(figure, float) else f'{figure:,}':>10}")


def _summed(noted: Iterable[tuple[str, object]]) -> dict[str, int | float]:
    """Whole numbers are counts of a part, and are added; a share is noted once."""
    figures: dict[str, int | float] = {}
    for what, figure in sorted(noted, key=lambda each: each[0]):
        if isinstance(figure, int):
            figures[what] = figures.get(what, 0) + figure
        elif isinstance(figure, float):
            figures[what] = figure
    return figures

"""Core statements run straight on the driver, each compiled once: what SQLAlchemy does around an execution costs three
times what SQLite does in it (docs/performance.md).

Statements and schema stay SQLAlchemy's, and so do the words in which results are asked for. The drivers of SQLite and
of PostgreSQL are asked in the same way: values have names, rows are tuples.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect

Values = Mapping[str, Any]
NONE: Values = {}
Found = Any  # a row, its columns as attributes


class Straight:
    """Runs statements in the transaction that a connection is in. Raises the driver's errors."""

    def __init__(self, connection: Connection, compiled: Compiled) -> None:
        """Takes the connection, and what has been compiled for its database so far."""
        self._connection = connection
        self._cursor: Any = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        self._compiled = compiled

    def execute(self, statement: Any, values: Values | list[Any] = NONE, /) -> Result:
        """Runs a statement with these values, or once with each of a list of them."""
        one = values[0] if isinstance(values, list) else values
        ready = self._compiled(statement, tuple(one))
        if ready.grows:
            found = self._connection.execute(statement, one)
            return Result(found.all() if found.returns_rows else [], found.rowcount)
        if isinstance(values, list) and len(values) > 1:
            self._cursor.executemany(ready.text, [{**ready.fixed, **each} for each in values])
        else:
            self._cursor.execute(ready.text, {**ready.fixed, **one})
        return Result(ready.rows(self._cursor.fetchall()) if ready.finds else [], self._cursor.rowcount)


class Result:
    """What a statement found or changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: Sequence[Found], rowcount: int) -> None:
        """The rows that were found, and how many were changed."""
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Found]:
        return iter(self._rows)

    def all(self) -> Sequence[Found]:
        """All rows."""
        return self._rows

    def first(self) -> Found | None:
        """The first row, if there is one."""
        return self._rows[0] if self._rows else None

    def scalars(self) -> list[Any]:
        """The first column of each row."""
        return [row[0] for row in self._rows]

    def scalar(self) -> Any:
        """The first column of the first row; None where there is none."""
        return self._rows[0][0] if self._rows else None


class Ready:
    """A statement as its database reads it. `fixed`: the values that stand in it; `grows`: its text depends on how
    long a list is, and is not this one; `finds`: it has rows to tell of."""

    def __init__(self, statement: Any, given: Sequence[str], dialect: Dialect) -> None:
        """Compiles a statement for the values of these names."""
        made = statement.compile(dialect=dialect, column_keys=given or None)
        self.text = made.string
        self.grows = bool(made.post_compile_params)
        self.fixed = {name: bound.value for bound, name in made.bind_names.items() if not bound.required}
        columns = statement.exported_columns
        kind: Any = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc]
        self._make = kind._make
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._readers = [(place, read) for place, read in enumerate(readers) if read is not None]
        self.finds = bool(columns)

    def rows(self, found: list[tuple[Any, ...]]) -> list[Found]:
        """Rows of the driver's, with the types of their columns."""
        return [self._make(self._read(row)) for row in found] if self._readers else [*map(self._make, found)]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return values


class Compiled:
    """The statements of the store, each compiled once for a kind of database. They are constants, and few."""

    def __init__(self, dialect: Dialect) -> None:
        """For databases of that kind."""
        self._dialect = dialect
        self.ready: dict[tuple[Any, tuple[str, ...]], Ready] = {}

    def __call__(self, statement: Any, given: tuple[str, ...]) -> Ready:
        """A statement, ready for the values of these names."""
        if (ready := self.ready.get((statement, given))) is None:
            ready = self.ready[statement, given] = Ready(statement, given, self._dialect)
        return ready


def compiled_for(dialect: Dialect) -> Compiled:
    """What is compiled for all databases of that kind, however often one is opened."""
    return _compiled(_Kind(dialect.name, dialect.driver, dialect))


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    driver: str
    dialect: Dialect = field(compare=False)


@cache
def _compiled(kind: _Kind) -> Compiled:
    return Compiled(kind.dialect)

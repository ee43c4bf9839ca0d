"""The open data as a SQLite database, reproducible byte for byte."""

import errno
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

from casebook.exports.dataset.tables import Column, Table

_NO_SPACE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""The errors of SQLite when there is no space for its temporary file."""


def database(tables: Iterable[Table]) -> Iterator[bytes]:
    """Yield the database in pieces. Each table with text has an index, <table>_fts, without addresses.

    Raises OSError if there is no space for SQLite's temporary files.
    """
    # Not in memory, where it would take three copies, one of them for VACUUM.
    with closing(sqlite3.connect("", isolation_level=None)) as connection, TemporaryDirectory() as folder:
        try:
            _write(connection, tables, whole := f"{folder}/casebook.sqlite")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NO_SPACE:
                raise
            raise OSError(errno.ENOSPC, f"SQLite has no room for a temporary file: {error}") from error
        with open(whole, "rb") as file:
            yield from file


def answered(tables: Iterable[Table], queries: Collection[str]) -> Iterator[tuple[list[str], list[Any]]]:
    """Yield the answer to each query of the tables: its columns' names, and its rows."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        for table in tables:
            if any(table.name in query for query in queries):
                _fill(connection, replace(table))  # a copy: its rows are not kept
        for found in map(connection.execute, queries):
            yield [name for name, *_ in found.description], found.fetchall()


def _write(connection: sqlite3.Connection, tables: Iterable[Table], whole: str) -> None:
    connection.execute("PRAGMA page_size = 2048")  # half of a story's last page is lost
    connection.execute("PRAGMA auto_vacuum = NONE")
    for table in tables:
        _fill(connection, table)
        _index(connection, table)
    connection.execute("VACUUM INTO ?", (whole,))


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    places = ", ".join("?" for _ in table.columns)
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(_clauses(table))})")
    rows = (tuple(map(_value, row)) for row in table.rows)
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)
    connection.execute("COMMIT")


def _clauses(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield f'"{column.name}" {_type(column)}'
    yield f"PRIMARY KEY ({', '.join(table.key)})"


def _type(column: Column) -> str:
    clause = "INTEGER" if column.kind in ("number", "year") else "TEXT"
    clause += "" if column.optional else " NOT NULL"
    return f"{clause} REFERENCES {column.of}(id)" if column.refers else clause


def _value(value: Any) -> Any:
    """Return lists as JSON, which SQLite's json_each splits and Datasette can facet by."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _index(connection: sqlite3.Connection, table: Table) -> None:
    """Create the full-text index. Datasette detects it by its name and by the quotation marks."""
    texts = (column for column in table.columns if column.kind in ("text", "markdown") and not column.many)
    columns = [f'"{column.name}"' for column in texts]
    if columns:
        name = f"{table.name}_fts"
        options = f'content="{table.name}", tokenize="porter unicode61"'
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, {options})")
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")

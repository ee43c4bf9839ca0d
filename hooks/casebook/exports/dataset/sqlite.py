"""The open data as a SQLite database: the same bytes for the same tables."""

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from casebook.exports.dataset.tables import Column, Table

_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says when its temporary file finds no room."""


def database(tables: Iterable[Table]) -> bytes:
    """Return the file. Beside a table that holds text there is another, <table>_fts, to find words in it.

    Raises OSError if there is no room for SQLite's temporary file.
    """
    # Not in memory: two more copies would be made there, one of them by VACUUM.
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        try:
            _write(connection, tables)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _ROOM:
                raise
            raise OSError(errno.ENOSPC, f"SQLite has no room for a temporary file: {error}") from error
        return connection.serialize()


def _write(connection: sqlite3.Connection, tables: Iterable[Table]) -> None:
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA auto_vacuum = NONE")
    for table in tables:
        _fill(connection, table)
        _index(connection, table)
    connection.execute("VACUUM")


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
    words = "INTEGER" if column.kind == "number" else "TEXT"
    words += "" if column.optional else " NOT NULL"
    return f"{words} REFERENCES {column.of}(id)" if column.refers else words


def _value(value: Any) -> Any:
    """Lists as JSON, which SQLite's json_each takes apart and Datasette counts by."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _index(connection: sqlite3.Connection, table: Table) -> None:
    """The names and the quotation marks are those by which Datasette knows that a table can be searched."""
    columns = [f'"{one.name}"' for one in table.columns if one.kind in ("text", "markdown") and not one.many]
    if columns:
        name = f"{table.name}_fts"
        options = f'content="{table.name}", tokenize="porter unicode61"'
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, {options})")
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")

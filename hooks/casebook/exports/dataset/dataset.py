"""The open data, as files under /data/: JSON, CSV, a SQLite database, and their descriptions."""

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, repeat
from types import SimpleNamespace
from typing import Any

from casebook.exports.dataset.metadata import ALWAYS, SEPARATOR, datapackage, datasette, openapi, schemas
from casebook.exports.dataset.sqlite import answered, database
from casebook.exports.dataset.tables import Column, Table
from casebook.exports.dataset.tabulate import RESEARCH, tabulate
from casebook.exports.publication import Site, SiteFile
from casebook.model import Catalogue

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
"""The start of a cell that a spreadsheet may run as a formula, full width included, escaped or not."""


def data(catalogue: Catalogue, site: Site) -> Iterator[SiteFile]:
    """Yield every file of the open data."""
    found = tabulate(catalogue, site.commit)
    sheets = [table.for_spreadsheets() for table in found]
    yield from _json_files(found)
    for table, sheet in zip(found, sheets, strict=True):
        yield SiteFile(path=f"data/{sheet.file}", pieces=partial(_csv, table, sheet.columns))
    yield SiteFile(path="data/casebook.sqlite", pieces=lambda: database(found))
    yield _json("datasette.json", datasette(found, catalogue, site))
    yield _json("datapackage.json", datapackage(sheets, catalogue, site))
    yield _json("openapi.json", openapi(found))
    for name, schema in schemas(found).items():
        yield _json(f"schemas/{name}", schema)


def research(catalogue: Catalogue) -> Iterator[tuple[Any, list[str], list[tuple[Any, ...]]]]:
    """Yield each research question with its answer: the columns' names, and the rows."""
    inquiries = RESEARCH["entries"]
    answers = answered(tabulate(catalogue), [inquiry["sql"] for inquiry in inquiries])
    for inquiry, (columns, rows) in zip(inquiries, answers, strict=True):
        yield inquiry, columns, rows


def gaps(catalogue: Catalogue) -> SiteFile:
    """Return the table of gaps at the address that it had before it was part of the open data."""
    table = next(table for table in tabulate(catalogue) if table.name == "gaps")
    return SiteFile(path="gaps/gaps.csv", pieces=partial(_csv, table, table.columns))


def _json_files(found: Sequence[Table]) -> Iterator[SiteFile]:
    """Yield the JSON files. Each record stands on one line; that with all is never whole in memory."""
    *tables, edition = found
    about = {name: [_line(value)] for record in _records(edition) for name, value in record.items()}
    always = {name: about[name] for name in ALWAYS}
    for case in _cases(tables):
        text = b"".join(_object({**always, "case_study": [_line(case)]}))
        yield SiteFile(path=f"data/case-studies/{case['id']}.json", data=text)

    def whole() -> Iterator[bytes]:
        lists = {table.name: _list(_records(table)) for table in tables[1:] if not table.is_part}
        return _object({**about, tables[0].name: _list(_cases(tables)), **lists})

    yield SiteFile(path="data/casebook.json", pieces=whole)


def _cases(found: Sequence[Table]) -> Iterator[dict[str, Any]]:
    """Yield the case studies with their parts, one by one, to save memory."""
    parts = {table.name: _parts(table) for table in found if table.is_part}
    for case in _records(found[0]):
        yield case | {name: records.get(case["id"], []) for name, records in parts.items()}


def _parts(table: Table) -> dict[str, list[dict[str, Any]]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    for row, record in zip(table.rows, _records(table), strict=True):
        parts.setdefault(row[0], []).append(record)
    return parts


def _records(table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.facts]
    return (dict(zip(names, row[-len(names) :], strict=True)) for row in table.rows)


def _object(members: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield a JSON object of these members, whose values are pieces of JSON."""
    for before, (name, pieces) in zip(chain([b"{"], repeat(b",")), members.items(), strict=False):
        yield b'%s\n"%s": ' % (before, name.encode())
        yield from pieces
    yield b"\n}\n"


def _list(records: Iterable[Any]) -> Iterator[bytes]:
    yield b"[\n"
    for before, record in zip(chain([b""], repeat(b",\n")), records, strict=False):
        yield before + _line(record)
    yield b"\n]"


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _json(path: str, content: Any) -> SiteFile:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return SiteFile(path=f"data/{path}", text=f"{text}\n")


def _csv(table: Table, columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield these columns as CSV, row by row, with the byte order mark by which Excel detects UTF-8."""
    as_line = csv.writer(SimpleNamespace(write=str.encode), lineterminator="\n").writerow
    chosen = [column in columns for column in table.columns]
    yield codecs.BOM_UTF8
    yield as_line(column.name for column in columns)
    yield from (as_line(map(_cell, compress(row, chosen))) for row in table.rows)


def _cell(value: Any) -> Any:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Text that begins with one already gets another, so that removing one restores the original.
    """
    text = SEPARATOR.join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text

"""The open data, as files under /data/: JSON, CSV, a SQLite database, and their descriptions."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from casebook.catalogue import Catalogue
from casebook.describe import LICENCE, SEPARATOR, VERSION, datapackage, schemas
from casebook.downloads import openapi
from casebook.publication import SiteFile
from casebook.sqlite_file import database
from casebook.tables import Table
from casebook.tabulate import tabulate

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
"""What a spreadsheet may run where a cell begins, also in full width; or what was made safe from that."""


def data(catalogue: Catalogue) -> Iterator[SiteFile]:
    """Yield every file."""
    found = tabulate(catalogue)
    sheets = [table.for_spreadsheets() for table in found]
    yield from _json_files(found, catalogue.credit)
    for sheet in sheets:
        yield SiteFile(path=f"data/{sheet.file}", text=_csv(sheet))
    yield SiteFile(path="data/casebook.sqlite", data=database(found))
    yield _json("datapackage.json", datapackage(sheets, catalogue.credit))
    yield _json("openapi.json", openapi(sheets))
    for name, schema in schemas(found).items():
        yield _json(f"schemas/{name}", schema)


def _json_files(found: Sequence[Table], credit: str) -> Iterator[SiteFile]:
    head = {"version": _line(VERSION), "licence": _line(LICENCE["path"]), "credit": _line(credit)}
    cases = {case["id"]: _line(case) for case in _cases(found)}
    terms = {table.name: map(_line, _records(table)) for table in found[1:] if not table.is_part}
    lists = {found[0].name: cases.values(), **terms}
    yield _members("casebook.json", {**head, **{name: _lines(lines) for name, lines in lists.items()}})
    for id, case in cases.items():
        yield _members(f"case-studies/{id}.json", {**head, "case_study": case})


def _cases(found: Sequence[Table]) -> list[dict[str, Any]]:
    """The case studies with their parts."""
    parts = [table for table in found if table.is_part]
    cases = {case["id"]: case | {part.name: [] for part in parts} for case in _records(found[0])}
    for part in parts:
        for row, record in zip(part.rows, _records(part), strict=True):
            cases[row[0]][part.name].append(record)
    return list(cases.values())


def _records(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.facts]
    return [dict(zip(names, row[-len(names) :], strict=True)) for row in table.rows]


def _members(path: str, members: Mapping[str, bytes]) -> SiteFile:
    """An object of these members, whose values are JSON: one record stands on one line, and is made once."""
    lines = (b'"%s": %s' % (name.encode(), value) for name, value in members.items())
    return SiteFile(path=f"data/{path}", data=b"{\n%s\n}\n" % b",\n".join(lines))


def _lines(records: Iterable[bytes]) -> bytes:
    return b"[\n%s\n]" % b",\n".join(records)


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _json(path: str, content: Any) -> SiteFile:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return SiteFile(path=f"data/{path}", text=f"{text}\n")


def _csv(table: Table) -> str:
    """With the mark at the beginning by which Excel knows UTF-8."""
    text = io.StringIO()
    text.write("\ufeff")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(column.name for column in table.columns)
    rows.writerows(map(_cell, row) for row in table.rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """An apostrophe before what a spreadsheet would take for a formula.

    Text that has it already gets another one, so that taking one away gives back what was written.
    """
    text = SEPARATOR.join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text

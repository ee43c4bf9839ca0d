"""Machine-readable descriptions of the open data: JSON Schemas, a Frictionless data package and OpenAPI."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casebook.exports import publication
from casebook.exports.dataset.tables import Column, Table
from casebook.exports.dataset.tabulate import CODEBOOK, Download

VERSION = 1
"""Of the whole data. It is incremented when a key or column is removed or changes its meaning."""
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": publication.LICENCE,
}
TITLE = "The Localism Casebook"
DESCRIPTION = "Real case studies of localism in UK councils, by the ten questions they answer."
SEPARATOR = ";"
"""Between the values of a list in a CSV file."""


@dataclass(frozen=True)
class Kind:
    description: str
    json: dict[str, Any]
    csv: dict[str, Any]


_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_TEXT = {"type": "string"}

KINDS = {
    "id": Kind("id", {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, _TEXT),
    "choice": Kind("one of a list", _TEXT, _TEXT),
    "text": Kind("text", _TEXT, _TEXT),
    "markdown": Kind("Markdown", _TEXT, _TEXT),
    "address": Kind("web address", {"type": "string", "format": "uri"}, {"type": "string", "format": "uri"}),
    "number": Kind("whole number", {"type": "integer"}, {"type": "integer"}),
    "day": Kind("day", {"type": "string", "format": "date"}, {"type": "date"}),
    "date": Kind(
        "year, month or day, as exact as it is known",
        {"type": "string", "pattern": _DATE},
        {"type": "string", "constraints": {"pattern": _DATE}},
    ),
}


def schemas(tables: Sequence[Table]) -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of JSON file, by the name of the schema's own file."""
    cases, *others = tables
    case = _record(cases)
    for part in (table for table in others if table.is_part):
        case["properties"][part.name] = _list(part.description, _record(part))
        case["required"].append(part.name)
    terms = {table.name: _list(table.description, _record(table)) for table in others if not table.is_part}
    return {
        "casebook.json": _document("casebook", {cases.name: _list(cases.description, case), **terms}),
        "case-study.json": _document("case-study", {"case_study": case}),
    }


def datapackage(tables: Iterable[Table], credit: str) -> dict[str, Any]:
    """Return the Frictionless data package of the CSV files."""
    return {
        "profile": "tabular-data-package",
        "name": "localism-casebook",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": str(VERSION),
        "licenses": [LICENCE],
        "sources": [{"title": credit}],
        "resources": [_resource(table) for table in tables],
    }


def _column(column: Column) -> dict[str, Any]:
    kind: dict[str, Any] = KINDS[column.kind].json
    if column.choices:
        kind = {"enum": [choice.id for choice in column.choices]}
    if column.many:
        return {"description": column.description, "type": "array", "items": kind}
    if column.optional:
        kind = {"anyOf": [kind, {"type": "null"}]}
    return {"description": column.description, **kind}


def _record(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [column.name for column in table.facts],
        "properties": {column.name: _column(column) for column in table.facts},
    }


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "type": "array", "items": items}


def _document(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    about = {
        "version": {"description": "The version of the data's form.", "const": VERSION},
        "licence": {"description": "The licence of the text.", "const": LICENCE["path"]},
        "credit": {"description": "What must be said of the register of councils.", "type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:localism-casebook:data:{name}:{VERSION}",
        "type": "object",
        "required": [*about, *properties],
        "properties": about | properties,
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_csv_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(column) for column in table.columns if column.refers],
        },
    }


def _csv_field(column: Column) -> dict[str, Any]:
    kind = {} if column.many else KINDS[column.kind].csv
    constraints = dict(kind.get("constraints", {}))
    if not (column.optional or column.many):
        constraints["required"] = True
    if column.choices and not column.many:
        constraints["enum"] = [choice.id for choice in column.choices]
    text = column.description + (f" Several are separated by {SEPARATOR}" if column.many else "")
    return {"name": column.name, "description": text, "type": "string", **kind, "constraints": constraints}


def _foreign_key(column: Column) -> dict[str, Any]:
    return {"fields": column.name, "reference": {"resource": column.of, "fields": "id"}}


def downloads(tables: Iterable[Table]) -> tuple[Download, ...]:
    """Return every file of the open data, in the order of the page that lists them."""
    sheets = (Download(table.file, "text/csv", table.description) for table in tables)
    return (*CODEBOOK.above, *sheets, *CODEBOOK.below)


def openapi(tables: Iterable[Table]) -> dict[str, Any]:
    """Return the OpenAPI description of all files. Their addresses are relative to its own."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "summary": DESCRIPTION,
            "version": str(VERSION),
            "license": {"name": LICENCE["title"], "identifier": LICENCE["name"]},
        },
        "servers": [{"url": "../data"}],
        "paths": {f"/{file.path}": {"get": _operation(file)} for file in downloads(tables)},
    }


def _operation(file: Download) -> dict[str, Any]:
    content = {"schema": {"$ref": file.schema}} if file.schema else {}
    operation: dict[str, Any] = {
        "summary": file.description,
        "responses": {"200": {"description": "The file.", "content": {file.media_type: content}}},
    }
    if "{id}" in file.path:
        operation["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": KINDS["id"].json}]
        operation["responses"]["404"] = {"description": "There is no such case study."}
    return operation

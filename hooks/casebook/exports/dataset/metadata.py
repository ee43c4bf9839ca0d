"""Descriptions of the open data for programs: JSON Schemas, OpenAPI, Frictionless and Datasette."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebook.exports.dataset.tables import Column, Table
from casebook.exports.dataset.tabulate import CODEBOOK, RESEARCH, Download
from casebook.exports.publication import LICENCE, Site
from casebook.model import Catalogue

PACKAGE = CODEBOOK.package
KINDS = CODEBOOK.kinds
SEPARATOR = ";"
"""Between the values of a list in a CSV file."""
ALWAYS = ("schema_version", "version", "licence", "credit")
"""What every JSON file says of the edition."""


def schemas(tables: Sequence[Table]) -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of JSON file, by the name of the schema's own file."""
    rows, documents = _types(tables, "#/$defs/")
    parts = [tables[0].row, *(table.row for table in tables if table.is_part)]
    return {
        "casebook.json": _schema("casebook", documents["Casebook"], rows),
        "case-study.json": _schema(
            "case-study", documents["CaseStudyFile"], {row: rows[row] for row in parts}
        ),
    }


def _schema(name: str, document: Mapping[str, Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:localism-casebook:data:{name}:{PACKAGE.version}",
        **document,
        "$defs": rows,
    }


def _types(tables: Sequence[Table], at: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON Schemas of the rows and of the JSON files, by name. References begin with `at`."""
    cases, *others, edition = tables
    rows = {table.row: _record(table) for table in (cases, *others)}
    for part in (table for table in others if table.is_part):
        rows[cases.row]["properties"][part.name] = _list(part, at)
        rows[cases.row]["required"].append(part.name)
    lists = {table.name: _list(table, at) for table in (cases, *others) if not table.is_part}
    about = _record(edition)["properties"]
    always = {name: about[name] for name in ALWAYS}
    always["schema_version"]["const"] = always["version"]["const"] = PACKAGE.version
    return rows, {
        "Casebook": _object(about | lists),
        "CaseStudyFile": _object(always | {"case_study": {"$ref": f"{at}{cases.row}"}}),
    }


def _record(table: Table) -> dict[str, Any]:
    return _object({column.name: _column(column) for column in table.facts})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _list(table: Table, at: str) -> dict[str, Any]:
    return {"description": table.description, "type": "array", "items": {"$ref": f"{at}{table.row}"}}


def _column(column: Column) -> dict[str, Any]:
    kind: Mapping[str, Any] = KINDS[column.kind].json
    if column.choices:
        kind = {"enum": [choice.id for choice in column.choices]}
    if column.many:
        return {"description": column.description, "type": "array", "items": kind}
    if column.optional:
        kind = {"anyOf": [kind, {"type": "null"}]}
    return {"description": column.description, **kind}


def datapackage(tables: Iterable[Table], catalogue: Catalogue, site: Site) -> dict[str, Any]:
    """Return the Frictionless data package of the CSV files."""
    return {
        "profile": "tabular-data-package",
        "name": PACKAGE.name,
        "title": PACKAGE.title,
        "description": PACKAGE.description,
        "version": str(PACKAGE.version),
        "schema_version": PACKAGE.version,
        "licenses": [{**PACKAGE.licence, "path": LICENCE}],
        "sources": [{"title": catalogue.credit}],
        "resources": [_resource(table) for table in tables],
        "homepage": _homepage(site),
        "created": f"{catalogue.today}T00:00:00Z",
        "contributors": [{"title": PACKAGE.title, "path": site.repository, "role": "author"}],
        "keywords": list(PACKAGE.keywords),
    }


def _homepage(site: Site) -> str:
    """The address of the data's page, or of the repository if the site's is unknown."""
    return f"{site.url}data/" if site.url else site.repository


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
    kind = KINDS["text" if column.many else column.kind]
    constraints: dict[str, Any] = dict(kind.constraints)
    if not (column.optional or column.many):
        constraints["required"] = True
    if column.choices and not column.many:
        constraints["enum"] = [choice.id for choice in column.choices]
    text = column.description + (f" Several are separated by {SEPARATOR}" if column.many else "")
    return {"name": column.name, "description": text, **kind.csv, "constraints": constraints}


def _foreign_key(column: Column) -> dict[str, Any]:
    return {"fields": column.name, "reference": {"resource": column.of, "fields": "id"}}


def datasette(tables: Iterable[Table], catalogue: Catalogue, site: Site) -> dict[str, Any]:
    """Return Datasette's metadata of the database, with the research questions as canned queries."""
    return {
        "title": PACKAGE.title,
        "description": f"{PACKAGE.description} {catalogue.credit}",
        "license": PACKAGE.licence["title"],
        "license_url": LICENCE,
        "source": PACKAGE.title,
        "source_url": _homepage(site),
        "databases": {
            "casebook": {
                "tables": {table.name: _datasette_table(table) for table in tables},
                "queries": {
                    inquiry["id"]: {
                        "title": inquiry["title"],
                        "description": inquiry["note"],
                        "sql": inquiry["sql"],
                    }
                    for inquiry in RESEARCH["entries"]
                },
            }
        },
    }


def _datasette_table(table: Table) -> dict[str, Any]:
    many = {column.name for column in table.columns if column.many}
    facets = CODEBOOK.facets.get(table.name, "").split()
    return {
        "title": table.title,
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        "facets": [{"array": name} if name in many else name for name in facets],
    }


def downloads(tables: Iterable[Table]) -> tuple[Download, ...]:
    """Return every file of the open data, in the order of the page that lists them."""
    sheets = (Download(table.file, "text/csv", table.description) for table in tables)
    return (*CODEBOOK.above, *sheets, *CODEBOOK.below)


def openapi(tables: Sequence[Table]) -> dict[str, Any]:
    """Return the OpenAPI description of all files, in one file. Their addresses are relative to its own."""
    at = "#/components/schemas/"
    rows, documents = _types(tables, at)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": PACKAGE.title,
            "summary": PACKAGE.description,
            "version": str(PACKAGE.version),
            "license": {"name": PACKAGE.licence["title"], "identifier": PACKAGE.licence["name"]},
        },
        "servers": [{"url": "../data"}],
        "security": [],
        "paths": {f"/{file.path}": {"get": _operation(file, at)} for file in downloads(tables)},
        "components": {"schemas": documents | rows},
    }


def _operation(file: Download, at: str) -> dict[str, Any]:
    content = {"schema": {"$ref": f"{at}{file.schema}"} if file.schema else _BY_TYPE.get(file.media_type, {})}
    operation: dict[str, Any] = {
        "operationId": "get_" + re.sub(r"\W+", "_", file.path),
        "summary": file.description,
        "responses": {
            "200": {"description": "The file.", "content": {file.media_type: content}},
            "404": {"description": "There is no such file."},
        },
    }
    if "{id}" in file.path:
        operation["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": KINDS["id"].json}]
    return operation


_BY_TYPE = {"text/csv": {"type": "string"}, "application/json": {"type": "object"}}
"""The JSON Schema of a file of which no more is said."""

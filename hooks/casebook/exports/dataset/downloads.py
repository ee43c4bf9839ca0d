"""Which files the open data has: for people, and for programs as an OpenAPI description."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casebook.exports.dataset.metadata import KINDS, LICENCE, TITLE, VERSION, WORDS
from casebook.exports.dataset.tables import Table


@dataclass(frozen=True)
class Download:
    """A file of the open data, or several of one form."""

    path: str
    """From /data/; {id} stands for the id of each case study."""
    media_type: str
    words: str
    schema: str = ""
    """The JSON Schema that describes it."""


_BEFORE_THE_TABLES = (
    Download(
        "casebook.json",
        "application/json",
        "Everything: each case study with its parts, and all that they are tagged with.",
        "schemas/casebook.json",
    ),
    Download(
        "case-studies/{id}.json",
        "application/json",
        "One case study with its parts. Its id is the last part of its page's address.",
        "schemas/case-study.json",
    ),
)
_AFTER_THE_TABLES = (
    Download(
        "casebook.sqlite",
        "application/vnd.sqlite3",
        "Everything as a SQLite database, whose tables can be searched by words.",
    ),
    Download(
        "datapackage.json",
        "application/json",
        "What each column of the CSV files is, as a Frictionless data package.",
    ),
    Download("openapi.json", "application/json", "All these addresses, as an OpenAPI description."),
    Download(
        "schemas/casebook.json", "application/schema+json", "What casebook.json holds, as a JSON Schema."
    ),
    Download(
        "schemas/case-study.json",
        "application/schema+json",
        "What the file of one case study holds, as a JSON Schema.",
    ),
)


def downloads(tables: Iterable[Table]) -> tuple[Download, ...]:
    """Return every file of the open data, in the order in which people look for them."""
    sheets = (Download(table.file, "text/csv", table.words) for table in tables)
    return (*_BEFORE_THE_TABLES, *sheets, *_AFTER_THE_TABLES)


def openapi(tables: Iterable[Table]) -> dict[str, Any]:
    """Return the OpenAPI description of all files, whose addresses are told from where it lies itself."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "summary": WORDS,
            "version": str(VERSION),
            "license": {"name": LICENCE["title"], "identifier": LICENCE["name"]},
        },
        "servers": [{"url": "../data"}],
        "paths": {f"/{one.path}": {"get": _operation(one)} for one in downloads(tables)},
    }


def _operation(one: Download) -> dict[str, Any]:
    content = {"schema": {"$ref": one.schema}} if one.schema else {}
    operation: dict[str, Any] = {
        "summary": one.words,
        "responses": {"200": {"description": "The file.", "content": {one.media_type: content}}},
    }
    if "{id}" in one.path:
        operation["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": KINDS["id"].json}]
        operation["responses"]["404"] = {"description": "There is no such case study."}
    return operation

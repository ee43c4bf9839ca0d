"""Which files the open data has: for people, and for programs as an OpenAPI description."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casebook.describe import KINDS, LICENCE, TITLE, VERSION, WORDS
from casebook.tables import Table


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file of the open data, or several of one form."""

    path: str
    """From /data/; {id} stands for the id of each case study."""
    media_type: str
    words: str
    schema: str = ""
    """The JSON Schema that describes it."""


def downloads(tables: Iterable[Table]) -> tuple[Download, ...]:
    """Return every file of the open data, in the order in which people look for them."""
    return (
        Download(
            path="casebook.json",
            media_type="application/json",
            words="Everything: each case study with its parts, and all that they are tagged with.",
            schema="schemas/casebook.json",
        ),
        Download(
            path="case-studies/{id}.json",
            media_type="application/json",
            words="One case study with its parts. Its id is the last part of its page's address.",
            schema="schemas/case-study.json",
        ),
        *(Download(path=table.file, media_type="text/csv", words=table.words) for table in tables),
        Download(
            path="casebook.sqlite",
            media_type="application/vnd.sqlite3",
            words="Everything as a SQLite database, whose tables can be searched by words.",
        ),
        Download(
            path="datapackage.json",
            media_type="application/json",
            words="What each column of the CSV files is, as a Frictionless data package.",
        ),
        Download(
            path="openapi.json",
            media_type="application/json",
            words="All these addresses, as an OpenAPI description.",
        ),
        Download(
            path="schemas/casebook.json",
            media_type="application/schema+json",
            words="What casebook.json holds, as a JSON Schema.",
        ),
        Download(
            path="schemas/case-study.json",
            media_type="application/schema+json",
            words="What the file of one case study holds, as a JSON Schema.",
        ),
    )


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

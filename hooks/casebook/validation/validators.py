"""JSON Schema by two libraries: a quick one for the verdict, and one that says what is wrong.

The second is slow to import, and only is where something is wrong.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Validator, validator_for

from casebook.model import is_date

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

DATES = ("day", "month", "partial-date")
"""The schemas' own formats."""


def quick(schema: dict[str, Any]) -> Validator:
    """Gives the same verdict as `explaining` some twenty times sooner."""
    formats = {name: is_date for name in DATES}
    return validator_for(schema, formats=formats, validate_formats=True)


def explaining(schema: Mapping[str, Any]) -> "Draft202012Validator":
    """Says each mistake. `others` are the schemas that this one points at, by address."""
    from jsonschema import Draft202012Validator, FormatChecker

    formats = FormatChecker(formats=())
    for name in DATES:
        formats.checks(name)(is_date)
    return Draft202012Validator(schema, format_checker=formats)

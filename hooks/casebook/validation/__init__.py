"""The schema, and files validated against it."""

from casebook.validation.advice import is_empty
from casebook.validation.cache import Cache
from casebook.validation.loading import (
    CatalogueError,
    Examination,
    catalogue_of,
    examine,
    faults,
    load,
    with_advice,
)
from casebook.validation.markup import Kinds, opened
from casebook.validation.plain_english import READING_AGE_AIM, editorial, reading_age_of
from casebook.validation.reports import REPORT_FORMATS, limited, report_as_text, summary_line
from casebook.validation.schema import SCHEMA, SHAPES, Schema
from casebook.validation.schema_errors import shape_problems
from casebook.validation.validators import DATES

"""The domain: case studies, questions, councils and the other terms, all of them cross-referenced."""

from casebook.model.catalogue import Catalogue
from casebook.model.coverage import coverage_of
from casebook.model.dates import earliest, format_date, is_date, runs_forwards, years_of
from casebook.model.facets import facet_values, facets_of
from casebook.model.fields import Field, Fields, choices_of, every_field, fields_of, nearest_field, source_id
from casebook.model.freshness import (
    LOOKED_THROUGH,
    MONTHS_FRESH,
    STALE_FORMATS,
    fresh_until,
    needs_checking,
    next_due,
    stale_cases,
)
from casebook.model.likeness import like
from casebook.model.matching import GENERIC, by_likelihood, matches, meant, names_of, nearest
from casebook.model.models import (
    FACETS,
    NAMES,
    UNPROVEN,
    Answer,
    CaseStudy,
    Choice,
    Council,
    Nation,
    Pledge,
    Power,
    Question,
    Source,
    Term,
    Theme,
)
from casebook.model.reader import Reader
from casebook.model.timeline import timeline_of
from casebook.model.toolkit import toolkit_of
from casebook.model.written_dates import read_date

"""Which case studies have not been checked for long."""

from collections.abc import Callable
from datetime import date

from casebook.model.catalogue import Catalogue
from casebook.model.dates import format_date, months_after
from casebook.model.models import CaseStudy

MONTHS_FRESH = 18
LOOKED_THROUGH = (
    "By adding this, you say that you have looked the case study through: its day of checking becomes"
)
"""What the form and the terminal say, before a date, of a source that was read after the last check."""


def fresh_until(case: CaseStudy) -> date:
    """Return the last day on which its facts count as checked."""
    return months_after(case.checked, MONTHS_FRESH)


def needs_checking(case: CaseStudy, today: date) -> bool:
    """Whether that day is past."""
    return fresh_until(case) < today


def stale_cases(catalogue: Catalogue) -> tuple[CaseStudy, ...]:
    """Every case study that needs checking, the one checked longest ago first."""
    return tuple(case for case in _oldest_first(catalogue) if needs_checking(case, catalogue.today))


def next_due(catalogue: Catalogue) -> CaseStudy | None:
    """Return the case study that will need checking next, of those that do not yet."""
    fresh = (case for case in _oldest_first(catalogue) if not needs_checking(case, catalogue.today))
    return next(fresh, None)


def as_text(catalogue: Catalogue) -> str:
    """Return a line for each case study that needs checking, and a last line that counts them."""
    lines = [
        f"{case.file}: last checked {format_date(case.checked)}: {case.title}"
        for case in stale_cases(catalogue)
    ]
    return "\n".join([*lines, _summary(catalogue)])


def as_markdown(catalogue: Catalogue) -> str:
    """Return a task list for an issue. It omits titles, which are contributed text: file names are safe."""
    lines = [
        f"- [ ] `{case.file}`, last checked {format_date(case.checked)}" for case in stale_cases(catalogue)
    ]
    return "\n".join([_summary(catalogue), *([""] if lines else []), *lines])


STALE_FORMATS: dict[str, Callable[[Catalogue], str]] = {"text": as_text, "markdown": as_markdown}


def _oldest_first(catalogue: Catalogue) -> list[CaseStudy]:
    return sorted(catalogue.cases, key=lambda case: (case.checked, case.slug))


def _summary(catalogue: Catalogue) -> str:
    """Return for example "2 of 84 case studies were last checked more than 18 months ago."."""
    count, total = len(stale_cases(catalogue)), len(catalogue.cases)
    number = f"{count} of {total} case {'study' if total == 1 else 'studies'}" if count else "No case study"
    return f"{number} {'were' if count > 1 else 'was'} last checked more than {MONTHS_FRESH} months ago."

"""Dates as front matter has them: text that is exactly as precise as its source."""

import calendar
import re
from datetime import date

from casebook.model.models import CaseStudy

_MONTHS = "January February March April May June July August September October November December".split()
"""Spelt out here: `strftime` would follow the locale."""
_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def earliest(text: str) -> date | None:
    """Return the first day of YYYY, YYYY-MM or YYYY-MM-DD, or None if that is no date."""
    if not _FORM.fullmatch(text):
        return None
    year, month, day = [*text.split("-"), "01", "01"][:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_date(text: object) -> bool:
    """Whether it is a real date, or not of a date's format at all: the schema's patterns report that."""
    return not (isinstance(text, str) and _FORM.fullmatch(text)) or earliest(text) is not None


def runs_forwards(began: str, ended: str) -> bool:
    """Whether the end is not before the beginning, at the precision that both have."""
    exact = min(len(began), len(ended))
    return began[:exact] <= ended[:exact]


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def format_date(text: str | date) -> str:
    """Return for example "16 May 2012", "May 2012" or "2012"."""
    year, *rest = (text.isoformat() if isinstance(text, date) else text).split("-")
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def years_of(case: CaseStudy) -> str:
    """Return the years of a case study: "2011–2024", "2012", "2011–now", or "from 2011" if nobody knows."""
    first, last = case.began[:4], case.ended[:4]
    if not last:
        return f"{first}–now" if case.status.id in ("running", "changed") else f"from {first}"
    return first if first == last else f"{first}–{last}"

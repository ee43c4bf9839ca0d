"""Dates as people write them, by the schema's table of them, as docs/assets/js/names/dates.js reads them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from casebook.model.dates import earliest

_LENGTHS = {"day": 10, "month": 7, "partial-date": 10, "year": 4}
"""By format, the most characters of a date."""


class Reading(NamedTuple):
    """What a text means as a date: `kept`; or one of `either`, which only its author knows; or nothing."""

    kept: str = ""
    either: tuple[str, ...] = ()
    is_now: bool = False
    is_none: bool = False
    """Whether it says that there is none."""
    is_unreal: bool = False
    """Whether it is of a month that has no such day."""


def read_date(text: str, form: str, table: Mapping[str, Any], today: date) -> Reading:
    """Return what the text means in a field of this format: day, month, partial-date or year."""
    plain = re.sub(table["leftOut"], " ", " ".join(text.lower().split()))
    plain = " ".join(plain.split()).strip(" .")
    if earliest(plain) and form != "year":
        return Reading(_fitting(plain, form))
    if re.fullmatch(table["now"], plain):
        return Reading(_fitting(today.isoformat(), form), is_now=True)
    if re.fullmatch(table["none"], plain):
        return Reading(is_none=True)
    for shape, order in table["forms"]:
        pattern = re.sub(r"\{([A-Za-z]+)\}", lambda part: table["parts"][part[1]], shape)
        if found := re.fullmatch(pattern, plain):
            is_span = order == "span"
            read = _span(found, form) if is_span else _date(found, order, form, table["months"], today)
            if read is not None:
                return read
    return Reading()


def _span(found: re.Match[str], form: str) -> Reading | None:
    """Two years, of which the second comes after the first: "2011/12", "2011 to 2015"."""
    first, second = found.groups()
    last = int(second) if len(second) == 4 else int(first) // 100 * 100 + int(second)
    follows = len(second) == 2 and int(second) == (int(first) + 1) % 100
    if form == "year" and follows:
        return Reading(f"{first}/{second}")
    if form == "year" and last == int(first) + 1:
        return Reading(f"{first}/{second[2:]}")
    if not follows and (last <= int(first) or (len(second) == 2 and int(second) <= 12)):
        return None
    return Reading(either=(first, str(int(first) + 1 if follows else last))) if form != "day" else Reading()


def _date(found: re.Match[str], order: str, form: str, months: Sequence[str], today: date) -> Reading | None:
    parts = dict(zip(order.rstrip("?"), found.groups(), strict=True))
    year, month, day = (parts.get(part, "") for part in "ymd")
    if len(year) == 2:
        year = f"20{year}" if int(year) <= today.year % 100 else f"19{year}"
    if month.isalpha():
        places = (place for place, names in enumerate(months, start=1) if f" {month}" in f" {names}")
        month = str(next(places, 0))
    text = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    if not earliest(text):
        return Reading(is_unreal=True) if re.search("-(0[1-9]|1[0-2])-", text) else None
    kept = _fitting(text, form)
    return Reading(either=(kept,)) if kept and order.endswith("?") else Reading(kept)


def _fitting(text: str, form: str) -> str:
    """The date as exactly as the field may have it; nothing if it is less exact than the field needs."""
    return "" if form == "day" and len(text) < 10 else text[: _LENGTHS[form]]

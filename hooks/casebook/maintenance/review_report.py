"""A review as Markdown or JSON. The templates have its words, and all text in them is quoted but our own."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path as FilePath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook.maintenance.markdown_escape import code, listed, number, prose
from casebook.maintenance.review import Review
from casebook.validation import READING_AGE_AIM, limited

MAX_BYTES = 900_000
"""Of all sections together: GitHub shows no summary of more than 1 MiB."""
MAX_FIRST = 5
_HEADINGS = {"added": "New", "changed": "Changed", "renamed": "Renamed", "removed": "Removed"}


def as_markdown(review: Review) -> str:
    """Return the review as Markdown for the summary of a GitHub job."""
    if review.refused:
        refused = f"{review.refused} Nothing in it was read."
        return f"# Not reviewed\n\n{refused}\n\nAsk for smaller pull requests, of one case study each."
    sections = [(heading, _lines(text)) for heading, text in _sections(review)]
    budgets = _budgets([sum(map(_size, lines)) for _, lines in sections])
    output, first = [], look_first_at(review)
    for (heading, lines), most in zip(sections, budgets, strict=True):
        shown = [line for line, end in zip(lines, accumulate(map(_size, lines)), strict=True) if end <= most]
        if left := len(lines) - len(shown):
            unseen = f"{number(left, 'line')} of {heading}"
            first.insert(0, f"Not shown here, for want of room: {unseen}. Read the file itself.")
            shown.append(f"- ... and {number(left, 'more line', 'more lines')}, for which there is no room.")
        output += ["", f"## {heading}", "", *shown] if shown else []
    steps = (f"{number}. {step}" for number, step in enumerate(first, start=1))
    looks = ["", "## Look first at", "", *steps] if first else []
    return "\n".join(["# What this changes", "", _summary(review), *looks, *output])


def as_json(review: Review) -> str:
    """Return one object with the fields of Review, in ASCII, so that it holds no control characters."""
    return json.dumps({**asdict(review), "look_first_at": look_first_at(review)}, indent=2)


REVIEW_FORMATS: dict[str, Callable[[Review], str]] = {"markdown": as_markdown, "json": as_json}


def look_first_at(review: Review) -> list[str]:
    """Return a few sentences in Markdown, one for each kind of finding, the most harmful first."""
    rendered = _templates().get_template("first.jinja").render(review=review)
    kinds = [lines for kind in rendered.split("---\n") if (lines := _lines(kind))]
    sentences = [
        f"{first} ({len(others)} more of this kind below.)" if others else first
        for first, *others in kinds[:MAX_FIRST]
    ]
    more = len(kinds) - MAX_FIRST
    return [*sentences, f"And {more} more of other kinds, told below."] if more > 0 else sentences


def _sections(review: Review) -> Iterator[tuple[str, str]]:
    render: Any = _templates().get_template("sections.jinja").module
    for case in review.cases:
        yield f"{_HEADINGS[case.what]}: {code(case.file)}", render.case_study(case)
    yield "Evidence sheets", render.sheets(review.sheets)
    yield "Problems that check finds", render.problems(limited(review.problems))
    yield "Files elsewhere: a maintainer must look", render.elsewhere(review.elsewhere)


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FilePath(__file__).parent / "templates"),
        autoescape=True,
        finalize=_quoted,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"aim": READING_AGE_AIM, "number": number, "listed": listed}
    environment.globals |= {"figures": _figures, "whole": _whole}
    environment.tests["match"] = lambda text, pattern: re.match(pattern, text)
    return environment


def _quoted(value: Any) -> Any:
    """Quote what a template shows, unless it is our own."""
    return code(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _summary(review: Review) -> str:
    sheets = _kinds(sheet.what for sheet in review.sheets)
    also = f" Evidence sheets: {sheets}." if sheets else ""
    if not review.cases:
        return f"No case study changes.{also}"
    cases = _kinds(case.what for case in review.cases)
    return f"Case studies: {cases}. There would be {review.case_studies:,}.{also}"


def _kinds(found: Iterable[str]) -> str:
    kinds = list(found)
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in _HEADINGS if kind in kinds)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _size(line: str) -> int:
    return len(line.encode()) + len("\n")


def _budgets(sizes: Sequence[int]) -> list[int]:
    """Return the bytes that each section may have: its own size, or at most a fair share of what is left."""
    budgets, left = [0] * len(sizes), MAX_BYTES
    for done, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        budgets[place] = min(sizes[place], left // (len(sizes) - done))
        left -= budgets[place]
    return budgets


def _whole(text: str, indent: str = "  ") -> Markup:
    """Return the whole text: on the label's line if it is one code span, or else on lines of its own."""
    pieces = prose(text)
    return Markup(f": {pieces[0]}" if len(pieces) == 1 else f"\n{indent}- ".join([":", *pieces]))


def _figures(gone: Sequence[str], new: Sequence[str], pattern: str = " **Figures: {} → {}**") -> Markup:
    return Markup(pattern.format(listed(gone) or "none", listed(new) or "none") if gone or new else "")

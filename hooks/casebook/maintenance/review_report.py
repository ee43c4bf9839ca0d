"""A review as Markdown or JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate

from casebook.content import Problem
from casebook.maintenance.case_review import CaseReview, NewSource
from casebook.maintenance.diff import Change
from casebook.maintenance.evidence import Sheet
from casebook.maintenance.markdown_escape import code, format_quoted, listed, number, prose
from casebook.maintenance.priorities import priorities
from casebook.maintenance.review import Review
from casebook.validation import READING_AGE_AIM, limited

MAX_LISTED = 60
"""Lines in one section; the rest are counted."""
MAX_BYTES = 900_000
"""Of all sections together: GitHub shows no summary of more than 1 MiB."""
_HEADINGS = {"added": "New", "changed": "Changed", "renamed": "Renamed", "removed": "Removed"}


def as_markdown(review: Review) -> str:
    """Return the review as Markdown for the summary of a GitHub job."""
    if review.refused:
        refused = f"{review.refused} Nothing in it was read."
        return f"# Not reviewed\n\n{refused}\n\nAsk for smaller pull requests, of one case study each."
    sections = [(heading, _listed(items)) for heading, items in _sections(review)]
    budgets = _budgets([sum(map(_size, lines)) for _, lines in sections])
    output, first = [], priorities(review)
    for (heading, lines), most in zip(sections, budgets, strict=True):
        shown = [line for line, end in zip(lines, accumulate(map(_size, lines)), strict=True) if end <= most]
        if left := len(lines) - len(shown):
            unseen = f"{number(left, 'line')} of {heading}"
            first.insert(0, f"Not shown here, for want of room: {unseen}. Read the file itself.")
            shown.append(f"- ... and {number(left, 'more line', 'more lines')}, for which there is no room.")
        output += ["", f"## {heading}", "", *shown] if shown else []
    steps = (f"{number}. {one}" for number, one in enumerate(first, start=1))
    looks = ["", "## Look first at", "", *steps] if first else []
    return "\n".join(["# What this changes", "", _summary(review), *looks, *output])


def as_json(review: Review) -> str:
    """Return one object with the fields of Review, in ASCII, so that it holds no control characters."""
    return json.dumps({**asdict(review), "look_first_at": priorities(review)}, indent=2)


REVIEW_FORMATS: dict[str, Callable[[Review], str]] = {"markdown": as_markdown, "json": as_json}


def _sections(review: Review) -> Iterator[tuple[str, Iterable[str]]]:
    for case in review.cases:
        yield f"{_HEADINGS[case.what]}: {code(case.file)}", _case(case)
    yield "Evidence sheets", (line for sheet in review.sheets for line in _sheet(sheet))
    yield "Problems that check finds", map(_problem, limited(review.problems))
    outside = (format_quoted(f"{one.what}: {{}}", one.path) for one in review.elsewhere)
    yield "Files elsewhere: a maintainer must look", _few(outside)


def _summary(review: Review) -> str:
    sheets = _kinds(one.what for one in review.sheets)
    also = f" Evidence sheets: {sheets}." if sheets else ""
    if not review.cases:
        return f"No case study changes.{also}"
    cases = _kinds(case.what for case in review.cases)
    return f"Case studies: {cases}. There would be {review.case_studies:,}.{also}"


def _kinds(found: Iterable[str]) -> str:
    kinds = list(found)
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in _HEADINGS if kind in kinds)


def _listed(items: Iterable[str]) -> list[str]:
    """Return the lines of a list. Line breaks in items are our own, never a contributor's."""
    return [line for item in items for line in f"- {item}".split("\n")]


def _few(items: Iterable[str]) -> list[str]:
    lines = list(items)
    more = len(lines) - MAX_LISTED
    return [*lines[:MAX_LISTED], f"... and {more:,} more."] if more > 0 else lines


def _size(line: str) -> int:
    return len(line.encode()) + len("\n")


def _budgets(sizes: Sequence[int]) -> list[int]:
    """Return the bytes that each section may have: its own size, or at most a fair share of what is left."""
    budgets, left = [0] * len(sizes), MAX_BYTES
    for done, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        budgets[place] = min(sizes[place], left // (len(sizes) - done))
        left -= budgets[place]
    return budgets


def _case(case: CaseReview) -> Iterator[str]:
    if not case.can_be_read:
        yield "It can't be read: see the problems."
    if case.old_file:
        yield format_quoted("Until now {}.", case.old_file)
    for label, text in (("Title", case.title), ("Summary", case.summary)):
        yield from [_whole(label, text)] if text else ()
    for label, tags in (("Tags gained", case.tags_gained), ("Tags lost", case.tags_lost)):
        yield from [f"{label}: {listed(tags)}"] if tags else ()
    yield from map(_change, case.changes)
    if case.what == "changed" and case.can_be_read and not case.changes:
        yield "It states what it did before: only spaces, comments or the order differ."
    yield from map(_source, case.sources)
    for hint in case.personal_data:
        yield format_quoted(f"Perhaps {hint.what} in {{}}: {{}}", hint.field, hint.text)
    for other in case.likenesses:
        yield format_quoted(f"Perhaps told already in {{}}, {{}}: {other.why}.", other.slug, other.title)
    yield from _age(case)


def _change(change: Change) -> str:
    figures = _figures(change.figures_gone, change.figures_new)
    if not change.before:
        return _whole(f"{code(change.field)}, new", change.after)
    if not change.after:
        return _whole(f"{code(change.field)}, gone", change.before)
    sides = (("was", change.before), ("now", change.after))
    lines = (f"  - {_whole(label, text, '    ')}" for label, text in sides)
    return "\n".join([f"{code(change.field)}{figures}", *lines])


def _whole(label: str, text: str, indent: str = "  ") -> str:
    """Return the whole text: on the label's line if it is one code span, or else on lines of its own."""
    pieces = prose(text)
    return f"{label}: {pieces[0]}" if len(pieces) == 1 else f"\n{indent}- ".join([f"{label}:", *pieces])


def _source(source: NewSource) -> str:
    mark = " **Host new to the casebook.**" if source.is_new_host else ""
    place = format_quoted("at {}, {}.", source.host, source.address)
    if not source.was:
        what = format_quoted("Source added: {}", source.title) if source.title else "Link added in the body"
        return f"{what} {place}{mark}"
    what = "**Source leads to another host**" if source.moves else "Source at another address"
    return f"{what}: {format_quoted('{}, until now at {}, is', source.title, source.was)} {place}{mark}"


def _sheet(sheet: Sheet) -> Iterator[str]:
    figures = _figures(sheet.figures_gone, sheet.figures_new) or " No figure changes." * (
        sheet.what == "changed"
    )
    lines = [f"  - was: {code(one)}" for one in sheet.lines_gone] + [
        f"  - now: {code(one)}" for one in sheet.lines_new
    ]
    yield "\n".join([f"{sheet.what}: {code(sheet.file)}.{figures}", *lines])
    for hint in sheet.personal_data:
        yield format_quoted(f"Perhaps {hint.what} in {{}}: {{}}", sheet.file, hint.text)


def _figures(gone: Sequence[str], new: Sequence[str]) -> str:
    if not (gone or new):
        return ""
    return f" **Figures: {listed(gone) or 'none'} → {listed(new) or 'none'}**"


def _age(case: CaseReview) -> Iterator[str]:
    if case.reading_age:
        was = f" (was {case.old_reading_age})" if case.old_reading_age not in (0, case.reading_age) else ""
        yield f"Reading age: {case.reading_age}{was}; the aim is {READING_AGE_AIM}."


def _problem(problem: Problem) -> str:
    place, *hint = str(problem).split("\n    ")
    return "\n".join([code(place), *(f"  - {code(line)}" for line in hint)])

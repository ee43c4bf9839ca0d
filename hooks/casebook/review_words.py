"""A review, told in Markdown or as JSON."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import count, groupby, repeat

from casebook.case_reviews import CaseReview
from casebook.editorial import AIM
from casebook.listings import Listing
from casebook.models import Problem
from casebook.priorities import priorities
from casebook.quoting import code, listed, said
from casebook.reports import told
from casebook.review import Review
from casebook.statements import Change

MOST_LISTED = 60
"""Of one kind; how many more there are is said."""
_HEADINGS = {"added": "New", "changed": "Changed", "renamed": "Renamed", "removed": "Removed"}


def as_markdown(review: Review) -> str:
    """Return the review as a job's summary shows it."""
    return "\n".join(_lines(review))


def as_json(review: Review) -> str:
    """One object with the fields of Review, in ASCII: nothing in it can act on a terminal."""
    return json.dumps({**asdict(review), "look_first_at": priorities(review)}, indent=2)


FORMATS: dict[str, Callable[[Review], str]] = {"markdown": as_markdown, "json": as_json}


def _lines(review: Review) -> Iterator[str]:
    if review.refused:
        yield from ("# Not reviewed", "", f"{review.refused} Nothing in it was read.", "")
        yield "Ask for smaller pull requests, of one case study each."
        return
    yield from ("# What this changes", "", _summary(review))
    yield from _section("Look first at", priorities(review), marks=(f"{number}." for number in count(1)))
    for case in review.cases:
        yield from _section(f"{_HEADINGS[case.what]}: {code(case.file)}", _case(case))
    yield from _section("Problems that check finds", map(_problem, told(review.problems)), most=None)
    yield from _section("Index pages that change", _listings(review.pages, "told otherwise"))
    yield from _section("Cells of the gap map that change", _listings(review.gaps, "other evidence"))
    outside = (said(f"{one.what}: {{}}", one.path) for one in review.elsewhere)
    yield from _section("Files elsewhere: a maintainer must look", outside)


def _summary(review: Review) -> str:
    if not review.cases:
        return "No case study changes."
    kinds = [case.what for case in review.cases]
    told = [f"{kinds.count(kind)} {kind}" for kind in _HEADINGS if kind in kinds]
    return f"Case studies: {', '.join(told)}. There would be {review.case_studies:,}."


def _section(
    heading: str, items: Iterable[str], most: int | None = MOST_LISTED, marks: Iterable[str] = repeat("-")
) -> Iterator[str]:
    """A heading and a list, or nothing where there is nothing to list."""
    lines = list(items)
    shown = lines[:most]
    yield from ("", f"## {heading}", "") if lines else ()
    yield from (f"{mark} {line}" for mark, line in zip(marks, shown, strict=False))
    if len(lines) > len(shown):
        yield f"- ... and {len(lines) - len(shown):,} more."


def _case(case: CaseReview) -> Iterator[str]:
    if not case.can_be_read:
        yield "It can't be read: see the problems."
    if case.old_file:
        yield said("Until now {}.", case.old_file)
    for label, text in (("Title", case.title), ("Summary", case.summary)):
        yield from [said(f"{label}: {{}}", text)] if text else ()
    for label, tags in (("Tags gained", case.tags_gained), ("Tags lost", case.tags_lost)):
        yield from [f"{label}: {listed(tags)}"] if tags else ()
    yield from map(_change, case.changes)
    if case.what == "changed" and case.can_be_read and not case.changes:
        yield "It states what it did before: only spaces, comments or the order differ."
    for source in case.sources:
        mark = " **Host new to the casebook.**" if source.is_new_host else ""
        what = said("Source added: {}", source.title) if source.title else "Link added in the body"
        yield f"{what}{said(' at {}, {}.', source.host, source.address)}{mark}"
    for hint in case.personal_data:
        yield said(f"Perhaps {hint.what} in {{}}: {{}}", hint.field, hint.text)
    for other in case.likenesses:
        yield said(f"Perhaps told already in {{}}, {{}}: {other.why}.", other.slug, other.title)
    yield from _age(case)


def _change(change: Change) -> str:
    figures = ""
    if change.figures_gone or change.figures_new:
        gone, new = listed(change.figures_gone) or "none", listed(change.figures_new) or "none"
        figures = f" **Figures: {gone} → {new}**"
    if not change.before:
        return said("{}, new: {}", change.field, change.after)
    if not change.after:
        return said("{}, gone: {}", change.field, change.before)
    sides = (("was", change.before), ("now", change.after))
    told = (said(f"  - {label}: {{}}", text) for label, text in sides)
    return "\n".join([f"{code(change.field)}{figures}", *told])


def _age(case: CaseReview) -> Iterator[str]:
    if case.reading_age:
        was = f" (was {case.old_reading_age})" if case.old_reading_age not in (0, case.reading_age) else ""
        yield f"Reading age: {case.reading_age}{was}; the aim is {AIM}."


def _problem(problem: Problem) -> str:
    place, *hint = str(problem).split("\n    ")
    return "\n".join([code(place), *(f"  - {code(line)}" for line in hint)])


def _listings(found: Iterable[Listing], same: str) -> Iterator[str]:
    """One line for each group, with how many case studies each page or cell has, before and after."""
    for group, listings in groupby(found, key=lambda listing: listing.group):
        told = ", ".join(_counts(listing, same) for listing in listings)
        yield f"{code(group)}: {told}"


def _counts(listing: Listing, same: str) -> str:
    before, after = listing.before, listing.after
    if before == after:
        return f"{code(listing.name)} {after:,} ({same})"
    note = " (new)" if not before else " (empty now)" if not after else ""
    return f"{code(listing.name)} {before:,} → {after:,}{note}"

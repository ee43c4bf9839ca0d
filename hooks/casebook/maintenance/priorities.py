"""The findings of a review that a maintainer should look at first, by how much harm they could do."""

from collections.abc import Callable, Iterator

from casebook.maintenance import flags
from casebook.maintenance.case_review import CaseReview
from casebook.maintenance.evidence import Sheet
from casebook.maintenance.markdown_escape import code, format_quoted, listed, number
from casebook.maintenance.review import Review
from casebook.validation import READING_AGE_AIM

MOST = 5


def priorities(review: Review) -> list[str]:
    """Return a few sentences in Markdown, one for each kind of finding, the most harmful first."""
    kinds = [found for rule in _RULES if (found := list(rule(review)))]
    sentences = [f"{first}{_and_more(others)}" for first, *others in kinds[:MOST]]
    more = len(kinds) - MOST
    return [*sentences, f"And {more} more of other kinds, told below."] if more > 0 else sentences


def _and_more(others: list[str]) -> str:
    return f" ({len(others)} more of this kind below.)" if others else ""


def _elsewhere(review: Review) -> Iterator[str]:
    if review.elsewhere:
        files = number(len(review.elsewhere), "file")
        names = listed(one.path for one in review.elsewhere[:3])
        yield f"{files} outside `case_studies/`: {names}. A maintainer must look; nothing of it was run."


def _problems(review: Review) -> Iterator[str]:
    if review.problems:
        problems = number(len(review.problems), "problem")
        files = number(len({problem.file for problem in review.problems}), "file")
        yield f"`check` finds {problems} in {files}: see below."


def _personal_data(review: Review) -> Iterator[str]:
    reviewed: tuple[CaseReview | Sheet, ...] = (*review.cases, *review.sheets)
    for one in reviewed:
        if one.personal_data:
            first = one.personal_data[:3]
            more = f" and {len(one.personal_data) - 3} more" if len(one.personal_data) > 3 else ""
            found = f"{listed(hint.text for hint in first)}{more}"
            sentences = listed(dict.fromkeys(hint.sentence for hint in first))
            yield f"{code(one.file)} may name a private person: {found}, in {sentences}. Nothing here may."


def _moved(review: Review) -> Iterator[str]:
    for case in review.cases:
        for one in case.sources:
            if one.moves:
                pattern = "A source of {}, {}, now leads to {} instead of {}: does it say the same?"
                yield format_quoted(pattern, case.file, one.title, one.host, flags.host(one.was))


def _removed(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.what == "removed":
            yield f"{code(case.file)} goes, and links to its page break. Failures are kept: see `withdrawn`."


def _empty_answers(review: Review) -> Iterator[str]:
    for case in review.cases:
        for id in case.empty_answers:
            yield f"{code(case.file)} answers {code(id)} only by saying that no source does: see `not_found`."


def _stale_added(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.stale_added:
            yield f"{code(case.file)} says that it was added {code(case.stale_added)}: renew that on merging."


def _renamed(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.what == "renamed" and not case.leads_on:
            both = f"{code(case.old_file)} becomes {code(case.file)}"
            yield f"{both}, and links to its old page break: list it under `former`."


def _duplicates(review: Review) -> Iterator[str]:
    for case in review.cases:
        for other in case.likenesses[:1]:
            yield f"{code(case.file)} may tell the same story as {code(other.slug)}: {other.why}."


def _figures(review: Review) -> Iterator[str]:
    for case in review.cases:
        gone = [figure for change in case.changes for figure in change.figures_gone]
        new = [figure for change in case.changes for figure in change.figures_new]
        if gone or new:
            proof = "with a new source" if case.sources else "and no source was added"
            change = f"{listed(gone[:4]) or 'none'} before, {listed(new[:4]) or 'none'} now"
            yield f"Figures change in {code(case.file)}, {proof}: {change}."


def _judgements(review: Review) -> Iterator[str]:
    for case in review.cases:
        for one in case.judgements:
            turned = format_quoted("its {} turns from {} to {}", one.field, one.before, one.after)
            gone = format_quoted("it goes, and was {}", one.before)
            what = format_quoted("An outcome of {}, {}", case.file, one.what)
            yield f"{what}: {turned if one.after else gone}. Do its sources say so?"


def _sheets(review: Review) -> Iterator[str]:
    for sheet in review.sheets:
        gone, new = sheet.figures_gone, sheet.figures_new
        if gone or new:
            change = f"{listed(gone[:4]) or 'none'} before, {listed(new[:4]) or 'none'} now"
            yield f"Figures change on the evidence sheet {code(sheet.file)}: {change}. Do its sources say so?"


def _hosts(review: Review) -> Iterator[str]:
    for case in review.cases:
        hosts = dict.fromkeys(source.host for source in case.sources if source.is_new_host)
        if hosts:
            yield f"{code(case.file)} leads to hosts new to the casebook: {listed(list(hosts)[:4])}."


def _sources(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.sources:
            sources = number(len(case.sources), "new source")
            yield f"Open the {sources} of {code(case.file)}: do they say what it says?"


def _hard_words(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.reading_age > max(READING_AGE_AIM, case.old_reading_age):
            aim = f"the aim is {READING_AGE_AIM}"
            yield f"{code(case.file)} reads as for somebody of {case.reading_age}; {aim}."


def _answers(review: Review) -> Iterator[str]:
    for case in review.cases:
        gained = [tag for tag in case.tags_gained if tag.startswith(("questions/", "pledges/"))]
        if gained:
            yield f"{code(case.file)} is new under {listed(gained[:4])}: does it really answer?"
        elif case.changes and case.what != "added":
            yield f"Read what {code(case.file)} now says, old beside new."


_RULES: tuple[Callable[[Review], Iterator[str]], ...] = (
    _empty_answers,
    _elsewhere,
    _personal_data,
    _moved,
    _judgements,
    _removed,
    _problems,
    _figures,
    _sheets,
    _renamed,
    _stale_added,
    _duplicates,
    _hosts,
    _sources,
    _hard_words,
    _answers,
)
"""In this order: what would do most harm if nobody saw it comes first."""

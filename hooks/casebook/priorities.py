"""What a maintainer should look at first: the few things on which the trust in a contribution hangs."""

from collections.abc import Callable, Iterator
from itertools import islice

from casebook.editorial import AIM
from casebook.quoting import code, listed, number
from casebook.review import Review

MOST = 5


def priorities(review: Review) -> list[str]:
    """Return the first few sentences, in Markdown, the weightiest first; of each kind one."""
    kinds = (list(rule(review)) for rule in _RULES)
    return [f"{first}{_and_more(others)}" for first, *others in islice(filter(None, kinds), MOST)]


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
    for case in review.cases:
        if case.personal_data:
            found = listed(hint.text for hint in case.personal_data[:3])
            yield f"{code(case.file)} may hold personal data: {found}. No private person is named here."


def _removed(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.what == "removed":
            yield f"{code(case.file)} goes, and links to its page break. Failures are kept: why should it go?"


def _renamed(review: Review) -> Iterator[str]:
    for case in review.cases:
        if case.what == "renamed":
            yield f"{code(case.old_file)} becomes {code(case.file)}, and links to its old page break."


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
            told = f"{listed(gone[:4]) or 'none'} before, {listed(new[:4]) or 'none'} now"
            yield f"Figures change in {code(case.file)}, {proof}: {told}."


def _judgements(review: Review) -> Iterator[str]:
    for case in review.cases:
        if any(change.field == "outcomes" and change.before for change in case.changes):
            yield f"Outcomes change in {code(case.file)}: do result and evidence still fit the sources?"


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
        if case.reading_age > max(AIM, case.old_reading_age):
            yield f"{code(case.file)} reads as for somebody of {case.reading_age}; the aim is {AIM}."


def _answers(review: Review) -> Iterator[str]:
    for case in review.cases:
        gained = [tag for tag in case.tags_gained if tag.startswith(("questions/", "pledges/"))]
        if gained:
            yield f"{code(case.file)} is new under {listed(gained[:4])}: does it really answer?"
        elif case.changes and case.what != "added":
            yield f"Read what {code(case.file)} now says, old beside new."


_RULES: tuple[Callable[[Review], Iterator[str]], ...] = (
    _elsewhere,
    _problems,
    _personal_data,
    _removed,
    _renamed,
    _figures,
    _judgements,
    _duplicates,
    _hosts,
    _sources,
    _hard_words,
    _answers,
)
"""The weightiest first."""

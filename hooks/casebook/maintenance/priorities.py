"""What a maintainer should look at first: the few things on which the trust in a contribution hangs."""

from collections.abc import Callable, Iterator

from casebook.maintenance import flags
from casebook.maintenance.case_review import CaseReview
from casebook.maintenance.evidence import Sheet
from casebook.maintenance.markdown_escape import code, listed, number, said
from casebook.maintenance.review import Review
from casebook.validation import READING_AGE_AIM

MOST = 5


def priorities(review: Review) -> list[str]:
    """Return the first few sentences, in Markdown, what does most harm first; of each kind one."""
    kinds = [found for rule in _RULES if (found := list(rule(review)))]
    told = [f"{first}{_and_more(others)}" for first, *others in kinds[:MOST]]
    more = len(kinds) - MOST
    return [*told, f"And {more} more of other kinds, told below."] if more > 0 else told


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
    told: tuple[CaseReview | Sheet, ...] = (*review.cases, *review.sheets)
    for one in told:
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
                words = (case.file, one.title, one.host, flags.host(one.was))
                yield said("A source of {}, {}, now leads to {} instead of {}: does it say the same?", *words)


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
        for one in case.judgements:
            turned = said("its {} turns from {} to {}", one.field, one.before, one.after)
            gone = said("it goes, and was {}", one.before)
            what = said("An outcome of {}, {}", case.file, one.what)
            yield f"{what}: {turned if one.after else gone}. Do its sources say so?"


def _sheets(review: Review) -> Iterator[str]:
    for sheet in review.sheets:
        gone, new = sheet.figures_gone, sheet.figures_new
        if gone or new:
            told = f"{listed(gone[:4]) or 'none'} before, {listed(new[:4]) or 'none'} now"
            yield f"Figures change on the evidence sheet {code(sheet.file)}: {told}. Do its sources say so?"


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
    _elsewhere,
    _personal_data,
    _moved,
    _judgements,
    _removed,
    _problems,
    _figures,
    _sheets,
    _renamed,
    _duplicates,
    _hosts,
    _sources,
    _hard_words,
    _answers,
)
"""What does most harm, if nobody sees it, first."""

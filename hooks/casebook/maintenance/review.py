"""What a contribution changes: two versions of the content, read as data and compared.

The rules are the base's own. Of the head only case studies, evidence sheets and vocabularies are read, and
nothing is run.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory

from casebook.content import CASE_STUDIES, Problem
from casebook.maintenance import impact, snapshot
from casebook.maintenance.case_review import CaseReview, case_review, pairs
from casebook.maintenance.evidence import Sheet, changed_sheets, sheet
from casebook.maintenance.impact import Listing, Side
from casebook.maintenance.snapshot import ChangedFile, NotReviewed, Tree
from casebook.model import FACETS
from casebook.validation import SCHEMA, examine

MAX_FILES = 20
MAX_BYTES = 1_000_000
_VOCABULARIES = tuple(f"{SCHEMA}/{facet}.yml" for facet in FACETS)
_SCHEMAS = tuple(f"{SCHEMA}/{name}.schema.json" for name in ("case-study", "vocabulary", "messages"))
_SCHEMA_FILES = (*_VOCABULARIES, *_SCHEMAS, f"{SCHEMA}/messages.yml")


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the whole contribution changes."""

    refused: str = ""
    """Why it was not read at all; then all other fields are empty."""
    case_studies: int = 0
    """How many there would be after the contribution."""
    cases: tuple[CaseReview, ...] = ()
    pages: tuple[Listing, ...] = ()
    gaps: tuple[Listing, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    elsewhere: tuple[ChangedFile, ...] = ()
    """Files that are neither case studies nor evidence sheets."""

    @property
    def is_clean(self) -> bool:
        """Whether it was read and has no problems."""
        return not (self.refused or self.problems)


def review_contribution(base: Tree, head: Tree, today: date) -> Review:
    """Compare two trees. Raises NotReviewed if the base is not a casebook."""
    changed = snapshot.changed_files(base, head)
    if refused := _refusal(changed):
        return Review(refused=refused)
    with TemporaryDirectory() as folder:
        before = _examined(base, base, FilePath(folder) / "base", today)
        after = _examined(base, head, FilePath(folder) / "head", today)
    inside, elsewhere = snapshot.split_by_folder(changed, CASE_STUDIES)
    sheets = changed_sheets(elsewhere, base, head)
    found = pairs(inside, before, after)
    catalogues = (before.catalogue(today), after.catalogue(today))
    return Review(
        case_studies=after.files,
        cases=tuple(case_review(pair, before, after) for pair in found),
        pages=impact.changed_pages(*catalogues),
        gaps=impact.changed_gaps(*catalogues),
        problems=after.problems,
        sheets=tuple(sheet(one, base, head) for one in sheets),
        elsewhere=tuple(one for one in elsewhere if one not in sheets),
    )


def _refusal(changed: tuple[ChangedFile, ...]) -> str:
    size = sum(one.size for one in changed)
    if len(changed) > MAX_FILES:
        return f"It touches {len(changed)} files, and at most {MAX_FILES} are reviewed at once."
    if size > MAX_BYTES:
        return f"The files touched hold {size:,} bytes, and at most {MAX_BYTES:,} are reviewed at once."
    return ""


def _examined(base: Tree, tree: Tree, root: FilePath, today: date) -> Side:
    """Write the tree's content below `root`, and validate it by the base's schema and its own vocabularies.

    If those have mistakes, they are reported, and the base's vocabularies are used instead.
    """
    missing = [path for path in _SCHEMA_FILES if not base.is_file(path)]
    if missing:
        raise NotReviewed(f"The base has no {missing[0]}: nothing can be checked against it.")
    own = [path for path in _VOCABULARIES if tree.is_file(path)]
    snapshot.write_files(base, _SCHEMA_FILES, root)
    snapshot.write_files(tree, [*tree.below(CASE_STUDIES), *own], root)
    found = examine(root, today)
    if found.schema:
        return Side(found.schema, found.documents, found.problems, found.files)
    faults = tuple(problem for problem in found.problems if problem.file in _SCHEMA_FILES)
    if tree is base:
        raise NotReviewed(f"The base's own schema has mistakes. {faults[0]}")
    snapshot.write_files(base, _SCHEMA_FILES, root)
    again = examine(root, today)
    assert again.schema  # the base's own side came first, or was refused
    return Side(again.schema, again.documents, (*again.problems, *faults), again.files)

"""What a contribution changes: two versions of the content, read as data and compared.

The rules are the base's own. Of the head only case studies, evidence sheets and vocabularies are read, and
nothing is run.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory

from casebook.content import CASE_STUDIES, LEFT_BY_SYSTEMS, Problem
from casebook.maintenance.case_review import CaseReview, Side, case_review, pairs
from casebook.maintenance.evidence import Sheet, changed_sheets, sheet
from casebook.maintenance.git import ChangedFile, NotReviewed, Tree, changed_files
from casebook.model import FACETS
from casebook.validation import SCHEMA, SHAPES, examine

MAX_FILES = 20
MAX_BYTES = 1_000_000
_VOCABULARIES = tuple(f"{SCHEMA}/{name}.yml" for name in (*FACETS, "thesaurus"))
_SCHEMAS = tuple(f"{SCHEMA}/{name}.schema.json" for name in SHAPES)
_SCHEMA_FILES = (*_VOCABULARIES, *_SCHEMAS, f"{SCHEMA}/messages.yml")


@dataclass(frozen=True, kw_only=True)
class Review:
    refused: str = ""
    """Why it was not read at all; then all other fields are empty."""
    case_studies: int = 0
    """How many there would be after the contribution."""
    cases: tuple[CaseReview, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    elsewhere: tuple[ChangedFile, ...] = ()
    """Files that are neither case studies nor evidence sheets."""

    @property
    def is_clean(self) -> bool:
        return not (self.refused or self.problems)


def review_contribution(base: Tree, head: Tree, today: date) -> Review:
    """Compare two trees. Raises NotReviewed if the base is not a casebook."""
    changed = tuple(changed_files(base, head))
    if refused := _refusal(changed):
        return Review(refused=refused)
    return compared(base, head, changed, base, today)


def compared(base: Tree, head: Tree, changed: tuple[ChangedFile, ...], rules: Tree, today: date) -> Review:
    """Compare two trees by the schema of a third. Raises NotReviewed if that one is not a casebook."""
    with TemporaryDirectory() as folder:
        before = _examined(rules, base, FilePath(folder) / "base", today)
        after = _examined(rules, head, FilePath(folder) / "head", today)
    inside = [file for file in changed if _is_meant_as_case(file.path)]
    sheets = changed_sheets(changed, base, head)
    return Review(
        case_studies=after.files,
        cases=tuple(case_review(pair, before, after) for pair in pairs(inside, before, after)),
        problems=after.problems,
        sheets=tuple(sheet(file, base, head, before.schema.personal_data) for file in sheets),
        elsewhere=tuple(file for file in changed if file not in (*inside, *sheets)),
    )


def _is_meant_as_case(path: str) -> bool:
    """Whether it lies among the case studies, and no system or editor left it there."""
    folder, _, name = path.partition("/")
    return folder == CASE_STUDIES and not LEFT_BY_SYSTEMS.fullmatch(name.partition("/")[0])


def _refusal(changed: tuple[ChangedFile, ...]) -> str:
    size = sum(file.size for file in changed)
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
    cases = [path for path in tree.entries if path.startswith(f"{CASE_STUDIES}/")]
    base.write(_SCHEMA_FILES, root)
    tree.write([*cases, *own], root)
    found = examine(root, today)
    if found.schema:
        return Side(found.schema, found.documents, found.problems, found.files)
    faults = tuple(problem for problem in found.problems if problem.file in _SCHEMA_FILES)
    if tree is base:
        raise NotReviewed(f"The base's own schema has mistakes. {faults[0]}")
    base.write(_SCHEMA_FILES, root)
    again = examine(root, today)
    assert again.schema  # the base's own side came first, or was refused
    return Side(again.schema, again.documents, (*again.problems, *faults), again.files)

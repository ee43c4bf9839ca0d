"""A copy of this project for made-up case studies instead of the real ones, and the jobs to measure."""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path as FilePath

from benchmarks.corpus import REAL
from benchmarks.measure import Job, cold
from casebook.content import files

TOOL = "The casebook"


def copy_project(root: FilePath) -> None:
    """Copy the project without the case studies and the texts about them."""
    for folder in ("docs", "hooks", "schema"):
        shutil.copytree(REAL / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for facet in ("questions", "pledges", "themes", "nations"):
        for page in (root / "docs" / facet).glob("*.md"):
            if page.stem != "index":
                page.unlink()
    shutil.copy(REAL / "mkdocs.yml", root)


def jobs(root: FilePath) -> Iterator[Job]:
    """Yield the jobs to measure, in their order: a cold build, builds after an edit, checks."""

    def job(what: str, *arguments: str, **more) -> Job:
        command = (sys.executable, "-m", "casebook", *arguments)
        return Job(tool=TOOL, what=what, root=root, command=command, **more)

    yield job("cold build", "build", prepare=cold(root))
    yield job("nothing changed", "build")
    yield job("one body edited", "build", prepare=lambda number: edit_body(root, number))
    yield job("one title edited", "build", prepare=lambda number: edit_title(root, number))
    yield job("check all", "check")
    yield job("check one file", "check", _file(root, 0).relative_to(root).as_posix())


def edit_body(root: FilePath, number: int) -> str:
    """Append a unique sentence to the case study of that number, and return it."""
    sentence = f"This was added at {time.time_ns()}."
    with _file(root, number).open("a", encoding="utf-8") as file:
        file.write(f"\n{sentence}\n")
    return sentence


def edit_title(root: FilePath, number: int) -> None:
    """Change the start of the title of the case study of that number."""
    file = _file(root, number)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('title: "', 'title: "Anew: ', 1), encoding="utf-8")


def _file(root: FilePath, number: int) -> FilePath:
    return root / files.CASE_STUDIES / f"case-{number}.md"

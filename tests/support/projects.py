"""Test projects in folders, and commands run in them like from a shell."""

import contextlib
import datetime
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml
from click.testing import CliRunner

from benchmarks.project import copy_project
from casebook.__main__ import main
from casebook.exports import Site, groups
from casebook.model.catalogue import Catalogue
from casebook.validation import loading

REAL = Path(__file__).parents[2]
GOLDEN = REAL / "tests" / "golden"
CORPUS = REAL / "tests" / "corpus"
MISTAKES = sorted(path.with_suffix(".md") for path in (CORPUS / "bad").glob("*.txt"))
ADVISED = sorted(path.with_suffix(".md") for path in (CORPUS / "advised").glob("*.txt"))
"""Case studies without a mistake that could be better."""
TODAY = datetime.date(2026, 11, 24)
"""The day of all tests but those of the real case studies: those may have been checked today."""
EPOCH = "1795478400"  # noon of that day
NOON = datetime.datetime.fromtimestamp(int(EPOCH), datetime.UTC)
SETTINGS = {
    "PYTHONPATH": str(REAL / "hooks"),
    "SOURCE_DATE_EPOCH": EPOCH,
    "NO_MKDOCS_2_WARNING": "1",
}
"""Environment variables for every command that the tests run."""
AS_OTHERS = "setpriv --bounding-set -dac_override,-dac_read_search" if os.geteuid() == 0 else ""
"""A prefix for shell commands that drops root's capability to read and remove every file."""
SITE = Site(
    name="The Localism Casebook",
    description="Real case studies of localism in UK councils, by the ten questions they answer",
    url="https://casebook.example/",
    repository="https://github.com/localism-casebook/localism-casebook",
    commit="0123456789abcdef0123456789abcdef01234567",
)
"""Where the tests' site would be published. The built sites of most tests have no address."""


@dataclass(frozen=True)
class Project:
    """A small project of made-up councils, under the real schema, questions, pledges and templates."""

    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def rewrite(self, path: str, change: Callable[..., str], *arguments: str) -> None:
        """Change a text as one of the functions of `fuller` does."""
        self.write(path, change(self.read(path), *arguments))

    def load(self) -> Catalogue:
        return loading.load(self.root, TODAY)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line in a process of its own, in the project's folder."""
        return run("-m", "casebook", *arguments, cwd=self.root)

    def call(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command line in this process, ten times faster: for tests of output, not of the process."""
        with contextlib.chdir(self.root):
            done = CliRunner(env=SETTINGS | variables, catch_exceptions=False).invoke(
                main, arguments, prog_name="python -m casebook"
            )
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the casebook on its path, on the tests' day."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | SETTINGS | variables,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def read_yaml(text: str) -> object:
    """Parse YAML with libyaml, which is much faster than PyYAML's own parser."""
    return yaml.load(text, yaml.CSafeLoader)


def written_dates() -> list[tuple[str, str, str, list[str]]]:
    """What people write, the format of the field, how it is kept, or what it may be."""
    lines = (CORPUS / "dates.txt").read_text(encoding="utf-8").splitlines()
    rows = (re.split(r" \| ?", line) for line in lines if not line.startswith("#"))
    return [
        (
            text,
            form,
            "" if means.endswith("?") else means,
            means[:-1].split(" or ") if means.endswith("?") else [],
        )
        for text, form, means in rows
    ]


def meant_councils() -> list[tuple[str, list[str]]]:
    """What people type for a council of the real register, and the ids that it may mean."""
    lines = (CORPUS / "councils.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" |") for line in lines if not line.startswith("#"))
    return [(text, ids.split()) for text, _, ids in rows]


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below the folder, by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def make_project(root: Path) -> Project:
    """Copy the tests' content over the real schema and templates, without texts about real case studies."""
    copy_project(root)
    shutil.copytree(CORPUS / "project", root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README.md"))
    return Project(root)


def build(project: Project) -> None:
    result = project.run("build")
    assert result.returncode == 0, result.stderr


def exports(catalogue):
    """Every file of the site that is not a page."""
    return chain.from_iterable(group.make() for group in groups(catalogue, SITE))

"""Every mistake in tests/corpus/bad earns exactly the words beside it: drop in a pair, and it is a test."""

import pytest

from casebook.validation.loading import examine
from projects import MISTAKES, TODAY, make_project


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("bad"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[path.stem for path in MISTAKES])
def test_a_mistake_earns_exactly_its_message(mistake, shared_project):
    file = shared_project.root / "case_studies" / mistake.name
    file.write_bytes(mistake.read_bytes())
    try:
        found = examine(shared_project.root, TODAY).only({f"case_studies/{mistake.name}"})
    finally:
        file.unlink()
    said = "".join(f"{problem}\n" for problem in found.problems)
    assert said == mistake.with_suffix(".txt").read_text(encoding="utf-8")


def test_one_mistake_is_one_message():
    wordy = {path.stem for path in MISTAKES if _messages(path) != 1}
    assert wordy == {"many-at-once"}


def test_there_are_enough_mistakes_to_trust():
    assert len(MISTAKES) >= 40


def _messages(path):
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("case_studies/") for line in lines)

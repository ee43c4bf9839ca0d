"""Every mistake in tests/corpus/bad, and all that could be better in tests/corpus/advised, earns exactly the words
beside it: drop in a pair, and it is a test."""

import pytest

from casebook.validation.loading import examine, with_advice
from projects import ADVISED, MISTAKES, TODAY, make_project


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("bad"))


@pytest.fixture
def found_in(shared_project):
    """What is found in the file, beside the small project's case studies."""

    def found_in(path):
        file = shared_project.root / "case_studies" / path.name
        file.write_bytes(path.read_bytes())
        try:
            return with_advice(examine(shared_project.root, TODAY).only({f"case_studies/{path.name}"}), TODAY)
        finally:
            file.unlink()

    return found_in


@pytest.mark.parametrize("mistake", MISTAKES, ids=[path.stem for path in MISTAKES])
def test_a_mistake_earns_exactly_its_message(mistake, found_in):
    found = found_in(mistake)
    said = "".join(f"{problem}\n" for problem in found.problems)
    assert said == mistake.with_suffix(".txt").read_text(encoding="utf-8")
    assert found.advice == ()


@pytest.mark.parametrize("advised", ADVISED, ids=[path.stem for path in ADVISED])
def test_what_could_be_better_earns_exactly_its_advice(advised, found_in):
    found = found_in(advised)
    assert found.problems == ()
    said = "".join(f"{one}\n" for one in found.advice)
    assert said == advised.with_suffix(".txt").read_text(encoding="utf-8")


def test_one_mistake_is_one_message():
    wordy = {path.stem for path in MISTAKES if _messages(path) != 1}
    assert wordy == {"many-at-once"}


def test_there_are_enough_mistakes_to_trust():
    assert len(MISTAKES) >= 100


def _messages(path):
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("case_studies/") for line in lines)

"""The hostile and honest inputs that lie beside a full checkout: each gets its verdict."""

import json
import shutil

import pytest
import yaml
from conftest import REAL, TODAY

from casebook.loading import examine
from casebook.reports import as_text

HOSTILE = REAL.parent / "shared" / "hostile"
CLASSES = {"yaml", "yaml-scalar", "front-matter", "encoding", "date", "schema", "url", "steering-key", "good"}

pytestmark = pytest.mark.skipif(not HOSTILE.is_dir(), reason="needs ../shared/hostile")


def _cases(expected):
    if not HOSTILE.is_dir():
        return []
    listed = yaml.safe_load((HOSTILE / "cases.yaml").read_text(encoding="utf-8"))
    chosen = [case for case in listed if case["class"] in CLASSES and case["expected"] == expected]
    return [pytest.param(case, id=case["id"]) for case in chosen]


@pytest.fixture
def examined(real_law):
    """Put one input into an otherwise empty project that is under the real law, and examine it."""

    def run(case):
        shutil.copy(HOSTILE / case["path"], real_law / "case_studies" / case["install_as"])
        return examine(real_law, TODAY)

    return run


@pytest.mark.parametrize("case", _cases("reject"))
def test_hostile_input_is_refused_in_words(case, examined):
    found = examined(case)
    said = as_text(found).casefold()
    assert found.problems
    assert all(problem.file == f"case_studies/{case['install_as']}" for problem in found.problems)
    assert [word for word in case["must_mention"] if word.casefold() not in said] == []
    either = case.get("mention_any", [""])
    assert any(word.casefold() in said for word in either)


@pytest.mark.parametrize("case", _cases("accept"))
def test_honest_input_is_kept_as_typed(case, examined):
    found = examined(case)
    assert as_text(found) == "No problems in 1 case study."
    for field, value in case.get("value", {}).items():
        assert found.documents[0].data[field] == value


def test_no_report_lets_contributed_text_begin_a_line(real_law):
    text = (HOSTILE / "text" / "enc-gha-command.md").read_text(encoding="utf-8")
    broken = text.replace("status: ended", "status: '::error::ended'")
    (real_law / "case_studies" / "command.md").write_text(broken, encoding="utf-8")
    report = as_text(examine(real_law, TODAY))
    assert "::error::ended" in report
    assert [line for line in report.splitlines() if line.startswith("::")] == []


def test_the_inputs_are_all_there():
    listed = yaml.safe_load((HOSTILE / "cases.yaml").read_text(encoding="utf-8"))
    assert len([case for case in listed if case["class"] in CLASSES]) == len(_cases("reject")) + len(
        _cases("accept")
    )
    assert json.dumps(sorted(CLASSES))

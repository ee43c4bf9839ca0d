"""The hostile and honest inputs of tests/corpus/hostile: each gets its verdict."""

import shutil
from dataclasses import replace

import pytest

from casebook.validation.loading import examine
from casebook.validation.reports import report_as_text
from hostile import HOSTILE, cases, lay
from projects import REAL, TODAY


def each(*expected):
    return [pytest.param(case, id=case["id"]) for case in cases(*expected)]


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """Every input that is one file, side by side under the real schema, examined once."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(REAL / "schema", root / "schema")
    (root / "case_studies").mkdir()
    for case in cases("reject", "accept", "neutralise"):
        if case["layout"] == "file":
            lay(case, root)
    return examine(root, TODAY)


@pytest.fixture
def examined(together, real_schema):
    """What is said of one input: most of them have one title, so that is passed over."""

    def examined(case):
        if case["layout"] == "tree":
            lay(case, real_schema)
            return examine(real_schema, TODAY)
        found = together.only(files_of(case))
        return replace(found, problems=tuple(one for one in found.problems if one.rule != "titles-differ"))

    return examined


@pytest.fixture
def bare(project):
    """A project under the real schema, without case studies."""
    shutil.copytree(REAL / "schema", project.root / "schema", dirs_exist_ok=True)
    for file in (project.root / "case_studies").iterdir():
        file.unlink()
    return project


def files_of(case):
    """Where an input's files lie in the project."""
    if case["layout"] == "file":
        return {f"case_studies/{case['install_as']}"}
    folder = HOSTILE / case["path"]
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def assert_refused(case, found):
    """Each problem is of the input's own file, and together they name all that has to be named."""
    said = report_as_text(found).casefold()
    assert found.problems
    assert {problem.file for problem in found.problems} <= files_of(case)
    assert [word for word in case["must_mention"] if word.casefold() not in said] == []
    assert any(word.casefold() in said for word in case.get("mention_any", [""]))


@pytest.mark.parametrize("case", each("reject"))
def test_hostile_input_is_refused_in_words(case, examined):
    assert_refused(case, examined(case))


@pytest.mark.parametrize("case", each("accept"))
def test_honest_input_is_kept_as_typed(case, examined):
    found = examined(case)
    assert report_as_text(found) == "No problems in 1 case study."
    for field, value in case.get("value", {}).items():
        assert found.documents[0].data[field] == value


@pytest.mark.parametrize("case", each("neutralise"))
def test_an_attack_is_refused_in_words_or_let_through_whole(case, examined):
    """What is let through is built, and looked at in tests/built/test_neutralised.py."""
    found = examined(case)
    if found.problems:
        assert_refused(case, found)
    else:
        (document,) = found.documents
        assert [words for words in case.get("keep", []) if words not in document.body] == []


def test_the_command_and_the_build_refuse_them_all_in_one_run(bare):
    """They are said in words, each file is named, and no site is made."""
    refused = [case for case in cases("reject") if case["layout"] == "file"]
    for case in refused:
        lay(case, bare.root)
    for command in ("check", "build"):
        done = bare.run(command)
        assert done.returncode == 1
        assert "Traceback" not in done.stdout + done.stderr
        named = {line.split(":")[0] for line in (done.stdout + done.stderr).splitlines()}
        assert {file for case in refused for file in files_of(case)} <= named
    assert not (bare.root / "site").exists()


def test_honest_inputs_are_built(bare):
    """All at once, under the real schema, with titles that differ; what they ask to be kept is on their pages."""
    honest = cases("accept")
    for case in honest:
        lay(case, bare.root)
        name = f"case_studies/{case['install_as']}"
        text = bare.read(name)
        bare.write(name, text.replace("Retrofit of council homes in Leeds", f"Listed as {case['id']}"))
    done = bare.run("build")
    assert (done.returncode, done.stdout) == (0, f"Built site/ from {len(honest)} case studies.\n"), (
        done.stderr
    )
    for case in honest:
        page = bare.read(f"site/case-studies/{case['install_as'].removesuffix('.md')}/index.html")
        page = page.replace('<sup class="cite">', "footnote")  # such is a footnote here
        assert [part for part in case.get("keep", []) if part not in page] == []


def test_no_report_lets_contributed_text_begin_a_line(real_schema):
    text = (HOSTILE / "text" / "enc-gha-command.md").read_text(encoding="utf-8")
    broken = text.replace("status: ended", "status: '::error::ended'")
    (real_schema / "case_studies" / "command.md").write_text(broken, encoding="utf-8")
    report = report_as_text(examine(real_schema, TODAY))
    assert "::error::ended" in report
    assert [line for line in report.splitlines() if line.startswith("::")] == []


def test_the_inputs_are_all_there():
    assert len(cases("reject", "accept", "neutralise")) == 236
    assert {case["expected"] for case in cases("reject", "accept", "neutralise")} == {
        "reject",
        "accept",
        "neutralise",
    }

"""The command line, run as people run it."""

import json

import pytest
from conftest import run, tree


def break_it(project):
    project.replace("case_studies/reading-room.md", "status: ended", "status: over")


def test_check_is_clean_and_exits_0(project):
    done = project.run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "No problems in 3 case studies.\n", "")


def test_check_names_the_problem_and_exits_1(project):
    break_it(project)
    done = project.run("check")
    assert done.returncode == 1
    assert done.stdout == (
        'case_studies/reading-room.md:9: status: "over" is not one of the statuses.\n'
        "    They are: running, ended, changed, unknown.\n"
        "1 problem in 1 of 3 case studies.\n"
    )


def test_check_of_one_file_speaks_of_that_file_alone(project):
    break_it(project)
    good = project.run("check", "case_studies/westover-trees.md")
    bad = project.run("check", "case_studies/reading-room.md")
    assert (good.returncode, good.stdout) == (0, "No problems in 1 case study.\n")
    assert (bad.returncode, bad.stdout.splitlines()[-1]) == (1, "1 problem in 1 of 1 case study.")


def test_check_reports_for_github_and_for_programs(project):
    break_it(project)
    github = project.run("check", "--format", "github")
    programs = project.run("check", "--format", "json")
    assert github.stdout.startswith("::error file=case_studies/reading-room.md,line=9,col=1::status: ")
    assert json.loads(programs.stdout)["problems"][0]["field"] == "status"
    assert (github.returncode, programs.returncode) == (1, 1)


@pytest.mark.parametrize(
    "arguments", [("chek",), ("check", "--format", "xml"), ("check", "no-such.md"), ("new",), ("new", "!!!")]
)
def test_wrong_use_exits_2(project, arguments):
    done = project.run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_wrong_folder_is_said_plainly(tmp_path):
    done = run("-m", "casebook", "check", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no mkdocs.yml in" in done.stderr


def test_the_same_inputs_make_the_same_bytes(project):
    variables = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    assert run("-m", "casebook", "build", cwd=project.root).returncode == 0
    first = tree(project.root / "site")
    assert run("-m", "casebook", "build", cwd=project.root, **variables).returncode == 0
    assert tree(project.root / "site") == first


def test_mkdocs_alone_builds_the_same_site(project):
    assert project.run("build").returncode == 0
    ours = tree(project.root / "site")
    done = run("-m", "mkdocs", "build", "--strict", "--site-dir", "plain", cwd=project.root)
    assert done.returncode == 0, done.stderr
    assert tree(project.root / "plain") == ours


def test_mkdocs_alone_stops_with_every_problem(project):
    break_it(project)
    done = run("-m", "mkdocs", "build", "--strict", cwd=project.root)
    assert done.returncode == 1
    assert 'case_studies/reading-room.md:9: status: "over" is not one of the statuses.' in done.stderr
    assert "Traceback" not in done.stderr

"""The command line, run as people run it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from benchmarks.corpus import fill
from projects import AS_OTHERS, REAL, SETTINGS, Project, run, tree


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
        '    Did you mean "ended"? They are: running, ended, changed, taken-back, replaced, unknown.\n'
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


def in_a_shell(project, words, **variables):
    """Run a line of shell, in which "$@" is the command line."""
    return subprocess.run(
        ["sh", "-c", words, "sh", sys.executable, "-m", "casebook"],
        cwd=project.root,
        env=os.environ | SETTINGS | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "new 'A second room'", "stale"])
def test_output_that_cant_be_written_is_said_in_one_line(project, command):
    done = in_a_shell(project, f'"$@" {command} >/dev/full')
    assert (done.returncode, done.stderr) == (
        1,
        "Error: No space left on device\n    Make room, then run this again.\n",
    )


def test_a_closed_input_or_output_is_no_terminal(project):
    fill(project.root, 50)  # as many as have a progress bar
    asked, checked = in_a_shell(project, '"$@" new <&-'), in_a_shell(project, '"$@" check 2>&-')
    assert (asked.returncode, asked.stderr.splitlines()[-1]) == (2, "Error: Missing argument 'TITLE'.")
    said = [line for line in checked.stdout.splitlines() if not line.startswith(("advice: ", "    "))]
    assert (checked.returncode, said) == (0, ["No problems in 53 case studies."])


@pytest.mark.parametrize("command", ["check", "check --format json", "stale"])
def test_who_reads_no_further_is_told_no_more(project, command):
    done = in_a_shell(project, f'"$@" {command} | true')
    assert (done.returncode, done.stderr) == (0, "")


CLOSED = """case_studies/reading-room.md docs/about/index.md docs/assets/css/base.css docs/assets/js docs/overrides/main.html
    schema/themes.yml schema/thesaurus.schema.json case_studies""".split()


@pytest.mark.parametrize("places", [CLOSED[:-2], CLOSED[-2:]], ids=["files", "folder"])
def test_what_may_not_be_read_is_one_problem_among_the_others(project, places):
    (project.root / "docs/about/contact.md").write_bytes(b"na\xefve")
    modes = {project.root / place: (project.root / place).stat().st_mode for place in places}
    for path in modes:
        path.chmod(0)
    done = in_a_shell(project, f'{AS_OTHERS} "$@" check')
    for path, mode in modes.items():
        path.chmod(mode)
    said = [line for line in done.stdout.splitlines() if not line.startswith("    ")]
    assert (done.returncode, done.stderr) == (1, "")
    assert set(said[:-1]) == {
        *(f"{place}:1: can't be read: Permission denied" for place in places),
        "docs/about/contact.md:1: not UTF-8: byte 0xef on line 1 can't be read",
    }


@pytest.mark.parametrize("epoch", ["today", "-1", "1e9", " ", "1795478400.5", "\u0663", "9" * 12])
def test_a_day_that_is_none_is_said_by_every_command(project, epoch):
    for command in ("check", "stale", "build", "serve"):
        done = project.call(command, SOURCE_DATE_EPOCH=epoch)
        assert (done.returncode, done.stderr) == (
            1,
            f"Error: SOURCE_DATE_EPOCH is {epoch!r}.\n"
            "    Unset it, or give whole seconds since 1970, such as 1795478400.\n",
        )


NOT_ORDINARY = "not an ordinary file: links and devices are not followed"
STRANGE = {
    "a pipe among pages": ("docs/about/pipe.md", os.mkfifo, f"docs/about/pipe.md:1: {NOT_ORDINARY}"),
    "a pipe among pictures": ("docs/assets/a.svg", os.mkfifo, f"docs/assets/a.svg:1: {NOT_ORDINARY}"),
    "a pipe among styles": ("docs/assets/css/a.css", os.mkfifo, f"docs/assets/css/a.css:1: {NOT_ORDINARY}"),
    "a pipe among templates": (
        "docs/overrides/a.html",
        os.mkfifo,
        f"docs/overrides/a.html:1: {NOT_ORDINARY}",
    ),
    "a pipe among case studies": ("case_studies/a.md", os.mkfifo, f"case_studies/a.md:1: {NOT_ORDINARY}"),
    "a link that leads to itself": ("docs/a", lambda path: path.symlink_to("a"), f"docs/a:1: {NOT_ORDINARY}"),
    "a link to its own folder": ("docs/a", lambda path: path.symlink_to("."), f"docs/a:1: {NOT_ORDINARY}"),
    "a folder like a page": (
        "docs/x.md",
        os.mkdir,
        "docs/x.md:1: a folder that ends in .md, as files do\n    Rename it.",
    ),
    "a folder like a script": (
        "docs/assets/js/x.js",
        os.mkdir,
        "docs/assets/js/x.js:1: a folder that ends in .js, as files do\n    Rename it.",
    ),
    "a name that is not in UTF-8": (
        "docs/assets/na\udcefve.svg",
        Path.touch,
        "docs/assets/na<U+DCEF>ve.svg:1: its name is not in UTF-8\n    Rename it.",
    ),
}


@pytest.mark.parametrize(("name", "make", "message"), STRANGE.values(), ids=STRANGE)
def test_what_no_page_can_be_made_of_is_named_and_not_waited_for(project, name, make, message):
    make(project.root / name)
    checked, built = project.call("check"), project.call("build")
    assert (checked.returncode, checked.stdout.rpartition("\n1 problem")[0]) == (1, message)
    assert (built.returncode, built.stderr.rpartition("\n1 problem")[0]) == (1, message)


@pytest.mark.parametrize("make", [None, Path.touch], ids=["nothing", "a file"])
def test_without_the_folder_of_case_studies_nothing_is_built(project, make):
    shutil.rmtree(project.root / "case_studies")
    if make:
        make(project.root / "case_studies")
    for command in ("check", "build"):
        done = project.call(command)
        assert (done.returncode, f"{done.stdout}{done.stderr}") == (
            1,
            "case_studies:1: there is no such folder\n    Make it: mkdir case_studies\n"
            "1 problem in 1 of 0 case studies.\n",
        )


def test_what_the_outputs_encoding_has_no_letter_for_is_written_as_its_number(project):
    project.replace("case_studies/reading-room.md", "status: ended", "status: → “over”")
    done = in_a_shell(
        project, '"$@" check | iconv --from-code cp1252 --to-code utf-8', PYTHONIOENCODING="cp1252"
    )
    assert done.stderr == ""
    assert done.stdout.startswith('case_studies/reading-room.md:9: status: "\\u2192 “over”" is not one')


@pytest.fixture
def elsewhere(built, tmp_path):
    """The same project in another folder, its files made in the opposite order and, where it can be, on another disk."""
    lasting = Path("/var/tmp")  # on a disk, where other tests may be in memory
    with tempfile.TemporaryDirectory(dir=lasting if lasting.is_dir() else tmp_path) as folder:
        for path in sorted(built.root.rglob("*"), reverse=True):
            inside = path.relative_to(built.root)
            if path.is_file() and inside.parts[0] not in ("site", ".site.json", ".site.lock"):
                Path(folder, inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, Path(folder, inside))
        yield Project(Path(folder))


AS_IT_IS = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""Python then takes the locale at its word, and reads and writes ASCII where nobody says otherwise."""
CAN_START = str(REAL).isascii() or sys.version_info >= (3, 13)
"""Whether Python can there: before 3.13 it takes the path of what is installed for text in the locale's encoding."""


def locale(name):
    return {"LC_ALL": name, **AS_IT_IS} if CAN_START else {"LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", **locale("C")},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", **locale("POSIX")},
        {"PYTHONHASHSEED": "3", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    ],
    ids=["C", "POSIX", "C.UTF-8"],
)
def test_the_same_inputs_make_the_same_bytes(built, elsewhere, variables):
    done = subprocess.run(
        ["sh", "-c", 'umask 077; "$@"', "sh", sys.executable, "-m", "casebook", "build"],
        cwd=elsewhere.root,
        env=os.environ | SETTINGS | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(elsewhere.root / "site") == tree(built.root / "site")
    published = [elsewhere.root / "site", *(elsewhere.root / "site").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in published} == {0o755, 0o644}  # for everybody to read


def test_the_day_on_which_mkdocs_runs_reaches_no_file(built, elsewhere):
    elsewhere.write("hooks/long_ago.py", 'import os\nos.environ["SOURCE_DATE_EPOCH"] = "0"\n')
    elsewhere.replace("mkdocs.yml", "hooks: [", "hooks: [hooks/long_ago.py, ")
    assert elsewhere.run("build").returncode == 0
    assert tree(elsewhere.root / "site") == tree(built.root / "site")


def test_mkdocs_alone_builds_the_same_site_and_needs_no_theme(project):
    assert project.run("build").returncode == 0
    ours = tree(project.root / "site")
    project.replace("mkdocs.yml", "name: material", "name: null")
    done = run("-m", "mkdocs", "build", "--strict", "--site-dir", "plain", cwd=project.root)
    assert done.returncode == 0, done.stderr
    assert tree(project.root / "plain") == ours


def test_mkdocs_alone_stops_with_every_problem(project):
    break_it(project)
    done = run("-m", "mkdocs", "build", "--strict", cwd=project.root)
    assert done.returncode == 1
    assert 'case_studies/reading-room.md:9: status: "over" is not one of the statuses.' in done.stderr
    assert "Traceback" not in done.stderr

"""The scripts that the workflows call, run as GitHub runs them: on real repositories, sites and reports."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from projects import EPOCH, REAL, make_project, run, tree

CI = REAL / ".ci"


def git(folder, *arguments):
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *named, *arguments], check=True, capture_output=True)


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def shell(script, cwd, **variables):
    """Run a step's script as GitHub does: bash, stopped by the first fault."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def read(workflow, job):
    found = yaml.safe_load((REAL / ".github" / "workflows" / f"{workflow}.yml").read_text(encoding="utf-8"))
    return found["jobs"][job]["steps"]


def steps(workflow, job):
    return {step["name"]: step.get("run") for step in read(workflow, job) if "name" in step}


def uses(workflow, job, action):
    """What a job gives to an action."""
    return next(step["with"] for step in read(workflow, job) if step.get("uses", "").startswith(f"{action}@"))


def install(folder):
    """What `make .venv/ready` leaves, without the minutes that it takes."""
    command = f"#!/bin/sh\nPYTHONPATH='{REAL}/hooks' exec '{sys.executable}' -m casebook \"$@\"\n"
    executable(folder / ".venv" / "bin" / "casebook", command)


# What a pull request touches


@pytest.fixture
def pull_request(tmp_path):
    """A repository whose last commit merges a pull request, which the test makes by changing files."""
    folder = tmp_path / "pr"
    shutil.copytree(CI, tmp_path / "tools" / ".ci")
    (folder / "case_studies").mkdir(parents=True)
    (folder / "hooks").mkdir()
    (folder / "tests" / "evidence").mkdir(parents=True)
    (folder / "case_studies" / "old.md").write_text("old\n", encoding="utf-8")
    (folder / "tests" / "evidence" / "old.yaml").write_text("slug: old\n", encoding="utf-8")
    (folder / "hooks" / "tool.py").write_text("pass\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main", "pr")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    git(folder, "checkout", "-qb", "change")

    def judge(author):
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "change")
        git(folder, "checkout", "-q", "main")
        git(folder, "merge", "-q", "--no-ff", "-m", "merge", "change")
        output = tmp_path / "output"
        script = steps("check", "scope")["Measure it"]
        done = shell(script, tmp_path, AUTHOR=author, GITHUB_OUTPUT=str(output))
        return done.returncode, output.read_text(encoding="utf-8"), done.stderr

    judge.folder = folder
    return judge


def test_case_studies_alone_are_content(pull_request):
    cases = pull_request.folder / "case_studies"
    (cases / "new.md").write_text("new\n", encoding="utf-8")
    (cases / "old.md").unlink()
    assert pull_request("stranger") == (0, "kind=content\n", "")


def test_a_case_study_may_bring_its_evidence_sheet(pull_request):
    (pull_request.folder / "case_studies" / "new.md").write_text("new\n", encoding="utf-8")
    sheets = pull_request.folder / "tests" / "evidence"
    (sheets / "new.yaml").write_text("slug: new\n", encoding="utf-8")
    (sheets / "old.yaml").unlink()
    assert pull_request("stranger") == (0, "kind=content\n", "")


def test_a_case_study_beside_code_is_checked_as_both(pull_request):
    (pull_request.folder / "case_studies" / "new.md").write_text("new\n", encoding="utf-8")
    (pull_request.folder / "hooks" / "tool.py").write_text("better\n", encoding="utf-8")
    code, out, err = pull_request("maintainer")
    assert (code, out) == (0, "kind=mixed\n")
    assert err.endswith("nor evidence sheets: hooks/tool.py.\n")


@pytest.mark.parametrize(
    "name", [".gitattributes", ".gitignore", ".gitmodules", ".old.md", "deep/.git-blame"]
)
def test_a_hidden_file_among_case_studies_is_no_content(pull_request, name):
    file = pull_request.folder / "case_studies" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("* -text\n", encoding="utf-8")
    code, _, err = pull_request("stranger")
    assert (code, f"nor evidence sheets: case_studies/{name}." in err) == (1, True)


def test_a_link_or_another_repository_among_case_studies_is_no_content(pull_request):
    (pull_request.folder / "case_studies" / "link.md").symlink_to("/etc/passwd")
    git(pull_request.folder, "clone", "-q", ".", "case_studies/module")
    code, _, err = pull_request("stranger")
    assert (code, "nor evidence sheets: case_studies/link.md, case_studies/module." in err) == (1, True)


@pytest.mark.parametrize("name", ["conftest.py", "README.md", "test_evidence.yaml.py", "deeper/new.yaml"])
def test_no_other_file_beside_the_sheets_is_content(pull_request, name):
    file = pull_request.folder / "tests" / "evidence" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("x\n", encoding="utf-8")
    code, _, err = pull_request("stranger")
    assert (code, f"nor evidence sheets: tests/evidence/{name}." in err) == (1, True)


def test_a_link_in_a_sheets_place_is_code(pull_request):
    (pull_request.folder / "tests" / "evidence" / "new.yaml").symlink_to("/etc/passwd")
    code, _, err = pull_request("stranger")
    assert (code, "nor evidence sheets: tests/evidence/new.yaml." in err) == (1, True)


def test_a_strangers_code_needs_a_maintainer(pull_request):
    (pull_request.folder / "hooks" / "tool.py").write_text("evil\n", encoding="utf-8")
    assert pull_request("stranger") == (
        1,
        "",
        "::error::A maintainer must look: this pull request changes files that are neither case studies nor evidence sheets: hooks/tool.py.\n",
    )


def test_a_strangers_typo_in_a_page_is_told_that_nothing_is_wrong(pull_request):
    page = pull_request.folder / "docs" / "about" / "glossary.md"
    page.parent.mkdir(parents=True)
    page.write_text("mended\n", encoding="utf-8")
    code, out, err = pull_request("stranger")
    assert (code, out) == (1, "")
    assert err.startswith(
        "::error::Nothing is wrong with this pull request: it changes pages of the site, which only"
    )
    (page.parent / "x.py").write_text("evil\n", encoding="utf-8")
    assert pull_request("stranger")[2].startswith("::error::A maintainer must look")


def test_a_maintainers_code_is_tested_as_code(pull_request):
    (pull_request.folder / "hooks" / "tool.py").write_text("better\n", encoding="utf-8")
    code, out, err = pull_request("maintainer")
    assert (code, out) == (0, "kind=code\n")
    assert err.startswith("::notice::A maintainer must look")


TWENTY_ONE = "::error::This pull request changes 21 files; at most 20 may be. Split it.\n"
LARGE = "::error::The files it changes hold 1,000,001 bytes; at most 1,000,000 may be. Split it.\n"


@pytest.mark.parametrize(("count", "verdict"), [(20, (0, "")), (21, (1, TWENTY_ONE))])
def test_twenty_files_are_enough(pull_request, count, verdict):
    for number in range(count):
        (pull_request.folder / "case_studies" / f"new-{number}.md").write_text("new\n", encoding="utf-8")
    code, _, err = pull_request("stranger")
    assert (code, err) == verdict


@pytest.mark.parametrize(("size", "verdict"), [(1_000_000, (0, "")), (1_000_001, (1, LARGE))])
def test_a_megabyte_is_enough(pull_request, size, verdict):
    (pull_request.folder / "case_studies" / "new.md").write_bytes(b"x" * size)
    code, _, err = pull_request("stranger")
    assert (code, err) == verdict


def test_a_case_study_moved_into_the_code_is_code(pull_request):
    git(pull_request.folder, "mv", "case_studies/old.md", "hooks/old.md")
    code, _, err = pull_request("stranger")
    assert (code, "hooks/old.md" in err) == (1, True)


def test_a_link_in_the_folders_place_is_code(pull_request):
    shutil.rmtree(pull_request.folder / "case_studies")
    (pull_request.folder / "case_studies").symlink_to("hooks")
    code, _, err = pull_request("stranger")
    assert (code, err) == (
        1,
        "::error::A maintainer must look: this pull request changes files that are neither case studies nor evidence sheets: case_studies.\n",
    )


def test_another_repository_inside_is_code(pull_request):
    git(pull_request.folder, "clone", "-q", ".", "module")
    code, _, err = pull_request("stranger")
    assert (code, "nor evidence sheets: module." in err) == (1, True)


def test_a_files_name_cannot_give_github_commands(pull_request):
    (pull_request.folder / "x\n::set-env name=A::b é%0A").write_text("x\n", encoding="utf-8")
    code, out, err = pull_request("stranger")
    assert (code, out) == (1, "")
    assert err == (
        "::error::A maintainer must look: this pull request changes files that are neither case studies nor evidence sheets: "
        r"x\n::set-env name=A::b \xe9%250A" + ".\n"
    )


# Checking and building it, with the base's tools

LAY = "Lay the case studies beside everything else that the tools bring"


@pytest.fixture
def laid_out(tmp_path):
    """The two checkouts of check.yml; the pull request's tools would leave a mark if anybody ran them."""
    tools = make_project(tmp_path / "tools")
    tools.write("tests/evidence/reading-room.yaml", "slug: reading-room\n")
    shutil.copytree(CI, tools.root / ".ci")
    git(tmp_path, "init", "-q", "tools")
    git(tools.root, "add", "-A")
    git(tools.root, "commit", "-qm", "base")
    install(tools.root)
    pr = make_project(tmp_path / "pr")
    evil = f"open({str(tmp_path / 'mark')!r}, 'w')\n"
    for file in ("hooks/mkdocs_hooks.py", "hooks/casebook/__init__.py", "sitecustomize.py", "conftest.py"):
        pr.write(file, evil)
    pr.write("tests/evidence/reading-room.yaml", "slug: reading-room\nfacts: []\n")
    for name in ("conftest.py", "test_evidence.py"):
        pr.write(f"tests/evidence/{name}", evil)
    (pr.root / "tests/evidence/linked.yaml").symlink_to("/etc/passwd")
    pr.write("mkdocs.yml", f"hooks: [{tmp_path}/pr/hooks/mkdocs_hooks.py]\n")
    pr.write("docs/overrides/case-study.html", "{{ 'not the template that the base has' }}")
    return pr


def test_a_good_contribution_is_checked_and_built_by_the_bases_tools(laid_out, tmp_path):
    git(tmp_path, "init", "-q", "pr")
    git(laid_out.root, "add", "case_studies")
    git(laid_out.root, "commit", "-qm", "before")
    text = laid_out.read("case_studies/reading-room.md")
    laid_out.write("case_studies/second-room.md", text.replace("title: Readers run", "title: Others run"))
    vote = laid_out.root / "case_studies/joint-youth-vote.md"
    moved = vote.read_text(encoding="utf-8").replace("\n---\n", "\nformer: [joint-youth-vote]\n---\n", 1)
    laid_out.write("case_studies/youth-vote.md", moved)
    vote.unlink()
    git(laid_out.root, "add", "case_studies")
    git(laid_out.root, "commit", "-qm", "merged")
    told = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_REPOSITORY": "example/casebook"}
    for name in (LAY, "Check", "Build a preview"):
        done = shell(steps("check", "content")[name], tmp_path, **told)
        assert done.returncode == 0, done.stderr
    page = (tmp_path / "together" / "site" / "case-studies" / "second-room" / "index.html").read_text("utf-8")
    assert "Others run the Exampleton reading room" in page
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert "python3 -m http.server --bind 127.0.0.1 --directory preview" in summary
    assert "have mistakes" not in summary
    assert "not the template" not in page
    assert not (tmp_path / "mark").exists()
    preview = tmp_path / "together" / "preview"
    kept = {"second-room", "youth-vote", "joint-youth-vote"}  # the last leads on to the one before
    assert {path.parent.name for path in preview.glob("case-studies/*/index.html")} == kept
    shown = (preview / "case-studies/second-room/index.html").read_text("utf-8")
    links = re.findall(r'(?:href|src|action)="([^"#]+)', shown)
    here = [link for link in links if link.startswith("..")]
    assert [link for link in here if not (preview / "case-studies/second-room" / link).exists()] == []
    assert "https://example.github.io/casebook/questions/risk/" in links
    assert 'href="case-studies/second-room/"' in (preview / "index.html").read_text("utf-8")


def test_a_preview_is_built_of_what_has_no_mistake(laid_out, tmp_path):
    git(tmp_path, "init", "-q", "pr")
    git(laid_out.root, "add", "case_studies")
    git(laid_out.root, "commit", "-qm", "before")
    text = laid_out.read("case_studies/reading-room.md")
    laid_out.write("case_studies/second-room.md", text.replace("title: Readers run", "title: Others run"))
    faulty = text.replace("title: Readers run", "title: They run").replace("status: ended", "status: over")
    laid_out.write("case_studies/third-room.md", faulty)
    laid_out.write("case_studies/Bad`name.md", text.replace("title: Readers run", "title: Many run"))
    (laid_out.root / "case_studies" / "link.md").symlink_to("/etc/passwd")
    laid_out.replace("case_studies/westover-trees.md", "## What happened", "## What came to pass")
    git(laid_out.root, "add", "case_studies")
    git(laid_out.root, "commit", "-qm", "merged")
    told = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_REPOSITORY": "example/casebook"}
    for name in (LAY, "Build a preview"):
        done = shell(steps("check", "content")[name], tmp_path, **told)
        assert done.returncode == 0, done.stderr
    pages = {path.parent.name for path in (tmp_path / "together/site/case-studies").glob("*/index.html")}
    assert pages >= {"reading-room", "westover-trees", "second-room"}
    assert not pages & {"third-room", "link"}
    told = (tmp_path / "summary").read_text(encoding="utf-8").splitlines()[-1]
    assert told == (
        "Of these, which have mistakes, it shows what was there before, or nothing: "
        "`link.md`, `third-room.md`, `westover-trees.md`."
    )


def test_sheets_are_laid_beside_the_bases_tests_and_nothing_else_is(laid_out, tmp_path):
    done = shell(steps("check", "content")[LAY], tmp_path)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "together/tests") == {
        "evidence/reading-room.yaml": b"slug: reading-room\nfacts: []\n"
    }


def test_what_the_content_job_compares_is_what_reads_the_real_case_studies():
    """Run as it stands in the job, less the running: the tests themselves are collected elsewhere."""
    command = steps("check", "content")[
        "Compare it with its evidence, and the collection with what is promised of it"
    ]
    assert command == "cd together && ../tools/.venv/bin/python -m pytest -m collection"
    files = ("tests/collection/test_evidence.py", "tests/browser/test_find.py")
    listed = run("-m", "pytest", "-m", "collection", "--collect-only", "-q", *files, cwd=REAL).stdout
    for test in (
        "collection/test_evidence.py::test_every_figure_stands_on_the_sheet",
        "browser/test_find.py::test_people_find_what_they_mean",
    ):
        assert f"tests/{test}" in listed


def test_a_mistake_is_shown_beside_its_line(laid_out, tmp_path):
    laid_out.replace("case_studies/reading-room.md", "status: ended", "status: over")
    shell(steps("check", "content")[LAY], tmp_path)
    done = shell(steps("check", "content")["Check"], tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=case_studies/reading-room.md,line=9,col=1::status: ")


def test_a_link_among_the_case_studies_is_not_followed(laid_out, tmp_path):
    (laid_out.root / "case_studies" / "linked.md").symlink_to(
        laid_out.root / "case_studies" / "reading-room.md"
    )
    shell(steps("check", "content")[LAY], tmp_path)
    done = shell(steps("check", "content")["Check"], tmp_path)
    assert done.returncode == 1
    assert "not an ordinary file: links and devices are not followed" in done.stdout


def test_every_command_that_a_workflow_calls_exists(project):
    for command in ("check", "build", "links", "review", "stale"):
        assert project.run(command, "--help").returncode == 0, command


# Whether the site has lost case studies


def sitemap(count):
    places = "".join(
        f"<url><loc>https://example.org/case-studies/case-{n}/</loc></url>" for n in range(count)
    )
    return f"<urlset><url><loc>https://example.org/case-studies/</loc></url>{places}</urlset>"


LOST = steps("publish", "build")["See that no case studies were lost"]


def floor(tmp_path, serve, new, live, least=1):
    shutil.copytree(CI, tmp_path / ".ci")
    for name, count in (("site", new), ("live", live)):
        (tmp_path / name).mkdir()
        if count is not None:
            (tmp_path / name / "sitemap.xml").write_text(sitemap(count), encoding="utf-8")
    done = shell(LOST, tmp_path, SITE_URL=serve(tmp_path / "live"), LEAST=str(least))
    return done.returncode, done.stdout, done.stderr


def test_a_tenth_may_go(tmp_path, serve):
    told = "18 case studies; the live site has 20; the floor is 18.\n"
    assert floor(tmp_path, serve, new=18, live=20) == (0, told, "")


def test_more_than_a_tenth_may_not(tmp_path, serve):
    code, out, _ = floor(tmp_path, serve, new=17, live=20)
    assert (code, out.partition(". ")[0]) == (
        1,
        "::error::The new site has 17 case studies, the live one 20; at least 18 must stay",
    )


def test_the_first_site_needs_only_the_least(tmp_path, serve):
    assert floor(tmp_path, serve, new=5, live=None, least=5)[0] == 0


def test_nothing_below_the_least_is_published(tmp_path, serve):
    assert floor(tmp_path, serve, new=4, live=None, least=5)[0] == 1


def test_a_live_site_that_cannot_be_asked_stops_the_publication(tmp_path):
    code, out, err = floor(tmp_path, lambda folder: "http://127.0.0.1:1", new=99, live=None)
    assert (code, out) == (1, "")
    assert "Connection refused" in err


def test_a_real_sites_sitemap_is_understood(project, serve, tmp_path):
    run("-m", "casebook", "build", cwd=project.root, SITE_URL="https://example.org/casebook")
    empty = tmp_path / "empty"
    empty.mkdir()
    shutil.copytree(CI, project.root / ".ci")
    done = shell(LOST, project.root, SITE_URL=serve(empty), LEAST="3")
    assert (done.returncode, done.stdout) == (0, "3 case studies; the live site has 0; the floor is 3.\n")
    fits = steps("publish", "build")["See that it fits its host"]
    assert shell(fits, project.root, MOST="900").returncode == 0
    done = shell(fits, project.root, MOST="0.5")
    assert (done.returncode, done.stdout.partition(" ")[0]) == (1, "::error::The")
    assert re.search(r"from 0\.5 MB on it is not published, .* parts: \S+ \d\.\d MB, ", done.stdout)


# The weekly reports, and their issues


REPORT = steps("weekly", "report")["Write the report"]
TELL = steps("weekly", "issue")["Open, rewrite or close the issue"]
DOWNLOAD = uses("weekly", "issue", "actions/download-artifact")


@pytest.fixture
def weekly(project):
    shutil.copytree(CI, project.root / ".ci", dirs_exist_ok=True)
    project.write(".ci/hosts-not-checked.yml", "example.org: Not in a test.\n")
    install(project.root)
    return project


def test_a_report_with_nothing_to_do_is_empty(weekly):
    done = shell(REPORT, weekly.root, COMMAND="links")
    assert (done.returncode, weekly.read("links.md")) == (0, "")


def test_a_report_lists_what_is_to_do(weekly, serve, tmp_path):
    address = f"{serve(tmp_path)}nowhere"
    weekly.replace("case_studies/reading-room.md", "https://example.org/gazette", address)
    done = shell(REPORT, weekly.root, COMMAND="links")
    assert done.returncode == 0, done.stderr
    assert f"`{address} is gone: the host answered 404`" in weekly.read("links.md")


def test_a_report_that_could_not_be_made_fails(weekly):
    weekly.write(".ci/hosts-not-checked.yml", "a.example: One.\na.example: Two.\n")
    done = shell(REPORT, weekly.root, COMMAND="links")
    assert (done.returncode, weekly.read("links.md")) == (2, "")


@pytest.fixture
def issue(tmp_path):
    """`.ci/issue`, with a `gh` that notes what it is asked and knows of one open issue, or of none."""
    shutil.copytree(CI, tmp_path / ".ci")
    executable(
        tmp_path / "bin" / "gh",
        '#!/bin/sh\nprintf "%s\\n" "$*" | sed "s|--body-file .*|--body-file|" >> "$CALLS"\n'
        '[ "$1 $2" != "issue list" ] || printf "%s\\n" "$OPEN"\n'
        'for last; do :; done\n[ ! -f "$last" ] || cp "$last" "$CALLS.body"\n',
    )

    def keep(report, number=""):
        into = tmp_path / DOWNLOAD["path"]
        into.mkdir(exist_ok=True)
        (into / "links.md").write_text(report, encoding="utf-8")
        calls = tmp_path / "calls"
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        variables = {"LABEL": "links", "TITLE": "Sources gone", "CALLS": str(calls), "OPEN": number}
        done = shell(TELL, tmp_path, PATH=path, **variables)
        assert done.returncode == 0, done.stderr
        return calls.read_text(encoding="utf-8").splitlines()[1:]

    keep.body = tmp_path / "calls.body"
    return keep


def test_only_an_issue_of_our_own_is_looked_for(issue):
    """A reader's issue may have the same label."""
    issue("- a source\n")
    asked = issue.body.with_name("calls").read_text(encoding="utf-8").splitlines()[0]
    assert asked.startswith("issue list --app github-actions --label links --state open ")


def test_a_report_is_unpacked_beside_the_scripts_and_never_over_them():
    """Whatever the artifact holds, `.ci/issue` is the one that was checked out."""
    folder = DOWNLOAD["path"]
    assert folder == Path(folder).name
    assert not (REAL / folder).exists()


def test_the_first_report_opens_an_issue(issue):
    assert issue("- a source\n") == [
        "label create links --force --description Kept by a workflow",
        "issue create --label links --title Sources gone --body-file",
    ]
    assert issue.body.read_text(encoding="utf-8") == "- a source\n"


def test_the_next_report_is_written_into_it(issue):
    assert issue("- another\n", number="7") == ["issue edit 7 --title Sources gone --body-file"]
    assert issue.body.read_text(encoding="utf-8") == "- another\n"


def test_a_report_with_nothing_to_do_closes_it(issue):
    assert issue("", number="7") == ["issue close 7 --comment Nothing is left to do."]


def test_nothing_to_do_and_no_issue_is_nothing_to_say(issue):
    assert issue("") == []


def test_a_report_that_is_too_long_for_github_is_cut(issue):
    issue("- a source\n" * 10_000)
    assert issue.body.stat().st_size == 60_000


# The nightly fuzz


FUZZ = steps("nightly", "fuzz")["Fuzz for an hour"]


@pytest.fixture
def fuzz(tmp_path):
    """`.ci/fuzz`, for so many seconds, with a `make` that does this. Returns its exit code and its report."""
    shutil.copytree(CI, tmp_path / ".ci")
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "base")

    def fuzzed(does, seconds="3600"):
        executable(tmp_path / "bin" / "make", f"#!/bin/sh\n{does}\n")
        path, report = f"{tmp_path / 'bin'}:{os.environ['PATH']}", tmp_path / "fuzz.md"
        done = shell(FUZZ.replace("3600", seconds), tmp_path, PATH=path)
        assert done.stderr == ""
        return done.returncode, report.read_text(encoding="utf-8") if report.exists() else None

    return fuzzed


def test_what_fuzzing_finds_is_reported_with_the_smallest_input(fuzz):
    said = "Falsifying example: judge(raw=b'```\\n@team')"
    code, report = fuzz("cat <<'END'\n" + "a line above\n" * 9_000 + f"{said}\nEND\nexit 2")
    lines = report.splitlines()
    assert code == 2
    assert re.fullmatch("At commit [0-9a-f]{40}, `make fuzz` failed:", lines[0])
    assert (len(lines), lines[-1]) == (152, f"    {said}")


def test_what_fails_in_a_later_round_is_found_too(fuzz):
    assert fuzz("[ -e again ] || { touch again; exit 0; }; exit 2")[0] == 2


def test_an_hour_in_which_nothing_failed_leaves_no_report(fuzz):
    assert fuzz("exec sleep 600", seconds="1") == (0, None)


def test_only_fuzzing_that_failed_is_told():
    """The report is kept from one night to the next: only a person closes it."""
    assert read("nightly", "fuzz")[-1]["if"] == "${{ failure() && steps.fuzz.outcome == 'failure' }}"
    (told,) = [step for step in steps("nightly", "issue").values() if step]
    assert told == '.ci/issue fuzz "What fuzzing found" report/fuzz.md'


# Before a commit


@pytest.fixture
def commit(project, tmp_path):
    """A repository with the project's own hooks. Returns what `pre-commit` says of what is staged."""
    install(project.root)
    shutil.copy(REAL / ".pre-commit-config.yaml", project.root)
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "base")

    def hook(id):
        home = str(tmp_path.parent / f"{tmp_path.name}-pre-commit")
        return run("-m", "pre_commit", "run", id, cwd=project.root, PRE_COMMIT_HOME=home)

    return hook


def test_a_staged_mistake_stops_the_commit(project, commit):
    project.replace("case_studies/reading-room.md", "status: ended", "status: over")
    project.write("case_studies/westover-trees.md", "not staged, so not looked at")
    git(project.root, "add", "case_studies/reading-room.md")
    done = commit("casebook-check")
    assert done.returncode == 1
    assert 'case_studies/reading-room.md:9: status: "over" is not one of the statuses.' in done.stdout
    assert "1 problem in 1 of 1 case study." in done.stdout


def test_a_clean_case_study_goes_through(project, commit):
    project.replace("case_studies/reading-room.md", "opens twice as long", "opens three times as long")
    git(project.root, "add", "case_studies/reading-room.md")
    done = commit("casebook-check")
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("Passed")


def test_a_change_of_the_schema_is_checked_against_every_case_study(project, commit):
    project.replace("schema/themes.yml", "id: libraries", "id: reading")
    git(project.root, "add", "schema/themes.yml")
    done = commit("casebook-schema")
    assert done.returncode == 1
    assert "case_studies/reading-room.md" in done.stdout


def test_another_project_can_take_the_hook(project, tmp_path, monkeypatch):
    """From this repository's manifest; only the language is changed, so that nothing need be downloaded."""
    shop = Path(f"{tmp_path}-shop")
    shop.mkdir()
    shutil.copy(REAL / ".pre-commit-hooks.yaml", shop)
    for folder in (shop, project.root):
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "base")
    git(shop, "tag", "v1")
    hooks = [{"id": "casebook-check", "language": "system"}]
    config = {"repos": [{"repo": str(shop), "rev": "v1", "hooks": hooks}]}
    project.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    project.replace("case_studies/reading-room.md", "status: ended", "status: over")
    git(project.root, "add", "-A")
    install(project.root)
    monkeypatch.setenv("PATH", f"{project.root / '.venv' / 'bin'}:{os.environ['PATH']}")
    done = run("-m", "pre_commit", "run", cwd=project.root, PRE_COMMIT_HOME=f"{tmp_path}-home")
    assert done.returncode == 1
    assert 'case_studies/reading-room.md:9: status: "over" is not one of the statuses.' in done.stdout

"""What GitHub reads: workflows that give strangers nothing, forms in the schema's words, owners of what can do harm."""

import json
import re
import tomllib

import pytest
import yaml

from casebook.content.markdown import HEADINGS
from projects import REAL

GITHUB = REAL / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs():
    return {f"{path.stem}.{name}": job for path in WORKFLOWS for name, job in read(path)["jobs"].items()}


def scripts(job):
    return [step["run"] for step in job["steps"] if "run" in step]


def fields(form):
    return {field["id"]: field for field in read(form)["body"] if field["type"] != "markdown"}


def test_each_job_may_do_exactly_this():
    assert [read(path)["permissions"] for path in WORKFLOWS] == [{}] * len(WORKFLOWS)
    assert {name: job["permissions"] for name, job in jobs().items()} == {
        "check.scope": {"contents": "read"},
        "check.content": {"contents": "read"},
        "check.code": {"contents": "read"},
        "check.browsers": {"contents": "read"},
        "check.verdict": {},
        "nightly.fuzz": {},
        "nightly.issue": {"contents": "read", "issues": "write"},
        "publish.test": {"contents": "read"},
        "publish.build": {"contents": "read", "pages": "read"},
        "publish.deploy": {"pages": "write", "id-token": "write"},
        "release.sbom": {"contents": "read"},
        "release.freeze": {"contents": "read", "pages": "read"},
        "release.attest": {"id-token": "write", "attestations": "write"},
        "release.attach": {"contents": "write"},
        "scorecard.scorecard": {"contents": "read", "id-token": "write"},
        "weekly.report": {"contents": "read"},
        "weekly.issue": {"contents": "read", "issues": "write"},
    }


def test_a_pull_request_gets_no_secrets_and_no_writing_token():
    for path in WORKFLOWS:
        text = "\n".join(line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
        assert "secrets." not in text, path.name
        assert "pull_request_target" not in text, path.name
        assert "workflow_run" not in text, path.name
        assert "cache" not in text, path.name


def test_no_words_of_a_stranger_come_into_a_script():
    for name, job in jobs().items():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), f"{name}: {step}"


def test_every_action_is_pinned_to_a_commit_and_says_its_version():
    pins = {}
    for path in WORKFLOWS:
        for uses in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")):
            name, commit = re.fullmatch(r"([\w/-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", uses).groups()
            assert pins.setdefault(name, commit) == commit
    assert len(pins) == 9


def test_no_checkout_leaves_its_token_on_the_disk():
    for name, job in jobs().items():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


CODE = "needs.scope.outputs.kind == 'code' || needs.scope.outputs.kind == 'mixed'"


def test_a_strangers_files_are_only_copied_and_read():
    """Every line that names the stranger's checkout. Only the jobs for maintainers' branches run what it brings."""
    check = read(GITHUB / "workflows" / "check.yml")["jobs"]
    scripts = "\n".join(step.get("run", "") for name in ("scope", "content") for step in check[name]["steps"])
    assert [line for line in scripts.splitlines() if re.search(r"\bpr\b", line)] == [
        'python3 tools/.ci/scope.py pr "$AUTHOR" >> "$GITHUB_OUTPUT"',
        "cp -R --no-dereference pr/case_studies together/",
        "find pr/tests/evidence -maxdepth 1 -type f -name '*.yaml' -exec cp -t together/tests/evidence {} +",
        'tools/.venv/bin/casebook --root pr review HEAD^1 HEAD >> "$GITHUB_STEP_SUMMARY"',
        'python3 tools/.ci/preview.py together pr tools >> "$GITHUB_STEP_SUMMARY"',
        'python3 tools/.ci/changed.py together pr "$GITHUB_REPOSITORY"',
    ]
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    for name in ("code", "browsers"):
        assert check[name]["if"] == f"({CODE}) && {own}"
    tools = [
        step["with"]["ref"]
        for step in check["content"]["steps"]
        if step.get("with", {}).get("path") == "tools"
    ]
    theirs, base = (
        f"needs.scope.outputs.kind == 'mixed' && {own} && github.ref",
        "github.event.pull_request.base.ref",
    )
    assert tools == [f"${{{{ {theirs} || {base} }}}}"]


def test_code_is_tested_on_the_oldest_python_and_the_newest():
    """On the newest, `.ci/run` would end if a locked package had no wheel for it."""
    code = read(GITHUB / "workflows" / "check.yml")["jobs"]["code"]
    oldest, newest = code["strategy"]["matrix"]["python"]
    project = tomllib.loads((REAL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={oldest}"
    assert f" --python-version {oldest} " in (REAL / "Makefile").read_text(encoding="utf-8")
    assert tuple(map(int, newest.split("."))) >= (3, 14)
    given = [step["with"] for step in code["steps"] if "setup-python" in step.get("uses", "")]
    assert given == [{"python-version": "${{ matrix.python }}"}]
    assert scripts(code) == [".ci/run"]


def test_code_that_failed_on_one_python_has_failed():
    """The required check is never left out while there is code: what is left out counts as passed."""
    verdict = read(GITHUB / "workflows" / "check.yml")["jobs"]["verdict"]
    assert (verdict["name"], verdict["needs"]) == ("Code", ["scope", "code"])
    assert verdict["if"] == f"always() && ({CODE})"
    assert verdict["steps"][0]["env"] == {"RESULT": "${{ needs.code.result }}"}
    assert scripts(verdict) == ['test "$RESULT" = success']


def test_the_template_promises_what_the_rules_say():
    """How many maintainers, and in how many days."""
    template = " ".join((GITHUB / "pull_request_template.md").read_text(encoding="utf-8").split())
    rules = (REAL / "GOVERNANCE.md").read_text(encoding="utf-8")
    decided = dict(re.findall(r"^\| (.+?) \| (.+? \| .+?) \|$", rules, re.MULTILINE))
    assert (
        decided["a case study"]
        == "one maintainer, who has read it against its sources and wrote none of it | 14 days"
    )
    assert decided["a correction of a fact, with a source"] == "one maintainer | 7 days"
    assert decided["a theme, a power, a field, a rule"] == "two maintainers | 28 days"
    assert (
        "One maintainer, who wrote none of it, reads it against its sources, answers within 14 days"
        in template
    )
    assert "(within 7 if it corrects a fact)" in template
    assert "A theme, a power, a field or a rule needs two maintainers, within 28 days." in template


def test_one_publication_at_a_time_and_none_cut_off():
    publish = read(GITHUB / "workflows" / "publish.yml")
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert publish["jobs"]["deploy"]["environment"]["name"] == "github-pages"


def test_only_main_is_published_and_once_every_test_has_passed():
    publish = read(GITHUB / "workflows" / "publish.yml")["jobs"]
    assert publish["test"]["if"] == "github.ref == 'refs/heads/main'"
    assert {name: job.get("needs") for name, job in publish.items()} == {
        "test": None,
        "build": "test",
        "deploy": "build",
    }
    assert "if" not in publish["build"] | publish["deploy"]  # a job is left out when one that it needs was
    assert scripts(publish["test"]) == [".ci/run"]


def test_what_is_published_is_built_without_the_tests_tools():
    """tests/repository/test_house.py holds what these targets install to the lock that is for them."""
    build = read(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]
    assert scripts(build) == [
        "make site",
        'python3 .ci/floor.py site "$SITE_URL" "$LEAST"',
        'python3 .ci/ceiling.py site "$MOST"',
    ]
    freeze = read(GITHUB / "workflows" / "release.yml")["jobs"]["freeze"]
    assert 'make release VERSION="${GITHUB_REF_NAME#v}"' in scripts(freeze)[0].splitlines()
    made = {
        name: [line for script in scripts(job) for line in script.splitlines() if "make " in line]
        for name, job in jobs().items()
    }
    assert {name: lines for name, lines in made.items() if lines} == {
        "check.content": ["make -C tools .venv/dev"],
        "check.browsers": ["make test-browsers"],
        "nightly.fuzz": ["make browser"],
        "publish.build": ["make site"],
        "release.sbom": ["make release/sbom.cdx.json"],
        "release.freeze": ['make release VERSION="${GITHUB_REF_NAME#v}"'],
        "weekly.report": ["make .venv/ready"],
    }
    assert [name for name, job in jobs().items() if ".ci/run" in scripts(job)] == [
        "check.code",
        "publish.test",
    ]


def test_the_floor_is_not_above_the_collection(collection):
    steps = read(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
    least = next(step["env"]["LEAST"] for step in steps if "LEAST" in step.get("env", {}))
    assert 50 <= least <= len(list((collection / "case_studies").glob("*.md")))


@pytest.mark.parametrize("form", FORMS, ids=[form.stem for form in FORMS])
def test_a_form_asks_for_little_and_says_what(form):
    found = fields(form)
    assert read(form)["name"]
    assert read(form)["description"]
    assert sum(field.get("validations", {}).get("required", False) for field in found.values()) >= 2
    assert all(field["attributes"]["label"] for field in found.values())
    assert len(found) == sum(field["type"] != "markdown" for field in read(form)["body"])  # no id twice


def test_there_is_a_form_for_each_thing_that_readers_bring():
    assert [read(form)["name"] for form in FORMS] == [
        "Suggest a case",
        "Correct a case",
        "This source is gone",
        "A theme, power or council is missing",
    ]


def test_a_suggestion_is_asked_for_in_the_schemas_words():
    schema = json.loads((REAL / "schema" / "case-study.schema.json").read_text(encoding="utf-8"))[
        "properties"
    ]
    found = {id: field["attributes"]["label"] for id, field in fields(FORMS[0]).items()}
    assert {id: label for id, label in found.items() if id in schema and id != "questions"} == {
        id: schema[id]["title"] for id in ("councils", "period", "sources")
    }
    assert {found["what-happened"], found["what-went-wrong"]} <= set(HEADINGS)


def test_the_ten_questions_are_those_of_the_schema():
    options = fields(FORMS[0])["questions"]["attributes"]["options"]
    questions = read(REAL / "schema" / "questions.yml")["entries"]
    assert [option["label"] for option in options] == [
        f"{question['number']}. {question['title']}: {question['summary']}" for question in questions
    ]


def test_what_can_do_harm_has_an_owner():
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = dict(line.split() for line in lines if not line.startswith("#"))
    assert set(owned.values()) == {"@localism-casebook/maintainers"}
    assert {"/.github/", "/.ci/", "/hooks/", "/schema/", "/mkdocs.yml"} <= set(owned)
    assert {f"/{lock.name}" for lock in REAL.glob("requirements*.txt")} <= set(owned)
    assert [path for path in owned if path != "*" and not (REAL / path.strip("/")).exists()] == []


def test_dependabot_waits_a_week():
    updates = {update["package-ecosystem"]: update for update in read(GITHUB / "dependabot.yml")["updates"]}
    for ecosystem in ("github-actions", "pip"):
        assert updates[ecosystem]["schedule"]["interval"] == "weekly"
        assert updates[ecosystem]["cooldown"]["default-days"] == 7

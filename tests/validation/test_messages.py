"""What is said of a mistake stands in schema/messages.yml, once, for `check` and for the form."""

import re

import pytest

from casebook.authoring import drafts
from casebook.content import file_text
from casebook.validation import loading
from projects import ADVISED, CORPUS, MISTAKES, REAL, TODAY, read_yaml

MESSAGES = read_yaml((REAL / "schema/messages.yml").read_text(encoding="utf-8"))
PLACEHOLDER = re.compile(r"\{\w+(?::\w+)?\}")
SCRIPTS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((REAL / "docs/assets/js").rglob("*.js"))
)


def lines(name):
    """Each line of a message, as what stands before, between and after its placeholders."""
    for line in MESSAGES[name].strip().split("\n"):
        yield PLACEHOLDER.split(line.strip())


def patterns(name, value=".*"):
    """Regular expressions of its lines, with that of a value for each placeholder."""
    for parts in lines(name):
        yield re.compile(value.join(map(re.escape, parts)))


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_is_earned_by_a_mistake(name):
    """So each is used, and tests/validation/test_bad.py sees to the letter what stands for its placeholders."""
    told_of = (*MISTAKES, *ADVISED)
    earned = "\n".join(path.with_suffix(".txt").read_text(encoding="utf-8") for path in told_of)
    for pattern in patterns(name):
        assert pattern.search(earned)
    assert PLACEHOLDER.search(earned) is None


def test_every_message_of_the_form_is_earned_by_a_draft(project):
    """Of which tests/browser/test_form.py sees that form and check say the same."""
    found = loading.examine(project.root, TODAY)
    said = []
    for path in sorted((CORPUS / "drafts").glob("bad-*.json")):
        draft = drafts.read(path)
        text = file_text(draft.front, draft.body)
        problems = loading.faults(text, draft.slug or "draft", found, TODAY)
        said += (f"{problem.message}\n{problem.hint}" for problem in problems)
    of_the_form = set(re.findall(r'\bsay\(\s*"([\w.-]+)"', SCRIPTS))
    assert len(of_the_form) > 15
    for name in of_the_form:
        for pattern in patterns(name):
            assert pattern.search("\n".join(said)), name


@pytest.mark.parametrize("folder", ["hooks", "docs/assets/js"])
def test_no_message_stands_in_the_code_as_well(folder):
    """Whatever the code may call the values that its placeholders stand for. A word or two may be of anything."""
    files = [path for path in (REAL / folder).rglob("*") if path.suffix in (".py", ".js")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    sentences = [one.pattern for name in MESSAGES for one in patterns(name, r"\$?\{.*?\}")]
    sentences = [one for one in sentences if one.count(" ") > 1]
    assert len(sentences) > 40
    found = (re.search(f"""["'`]{one}["'`]""", code) for one in sentences)
    assert [one[0] for one in found if one] == []


ROOM = "case_studies/reading-room.md"
BROKEN = {
    "shape.empty: [empty\n": "schema/messages.yml:1: the bracket opened on line 1 is not closed",
    "a: b\nshape.empty: [empty]\n": "schema/messages.yml:2: shape.empty: ['empty'] is not of type 'string'",
    "shape.empty:\n": "schema/messages.yml:1: shape.empty: '' does not match ",
    "shape.empty: empty {value\n": "schema/messages.yml:1: shape.empty: 'empty {value' does not match ",
    "Words.": "schema/messages.yml:1: 'Words.' is not of type 'object'",
    "": "schema/messages.yml:1: the file is empty",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_a_problem_of_its_own(text, project):
    project.write("schema/messages.yml", text)
    done = project.call("check", ROOM)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(BROKEN[text])


def test_a_file_that_is_missing_is_named(project):
    (project.root / "schema/messages.yml").unlink()
    done = project.call("check")
    assert done.returncode == 1
    assert done.stdout == (
        "schema/messages.yml:1: can't be read: No such file or directory\n"
        "    If it was deleted by mistake, Git has it: git restore .\n"
        "1 problem in 1 of 3 case studies.\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [("dates-have-come:", "dates:"), ("{date}", "{day}"), ("{date}", "{date:day}")],
)
def test_a_mistake_is_named_even_where_there_is_no_right_message_for_it(before, after, project):
    project.replace("schema/messages.yml", before, after)
    project.replace(ROOM, "checked: 2026-01-31", "checked: 2027-01-31")
    fault = '"dates-have-come" is missing or has other placeholders than date, today'
    assert project.call("check", ROOM).stdout.startswith(
        f"{ROOM}:49: checked: schema/messages.yml: {fault}\n"
    )


def test_what_is_counted_is_one_or_several(project):
    project.replace(ROOM, "summary: ", "summary: R\ntemplate: ")
    assert "too short: 1 character, at least" in project.call("check", ROOM).stdout

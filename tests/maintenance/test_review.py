"""What a pull request means: `casebook review`, run over real commits in temporary repositories."""

import html
import json
import os
import re
import shutil
import subprocess

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from hypothesis import given

from casebook.content.characters import shown
from casebook.maintenance import evidence, markdown_escape
from fuller import with_fields
from hostile_texts import LINES
from projects import CORPUS, REAL, Project, make_project

ROOM = "case_studies/reading-room.md"
TREES = "case_studies/westover-trees.md"
VOTE = "case_studies/joint-youth-vote.md"
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(root, *arguments, given=b""):
    done = subprocess.run(
        ["git", "-C", root, *arguments],
        input=given,
        capture_output=True,
        env=os.environ | GIT,
        check=True,
    )
    return done.stdout.decode().strip()


def commit(project):
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--allow-empty", "--message", "A change")


@pytest.fixture(scope="module")
def committed(once):
    """The tests' project in Git, committed once."""

    def fill(root):
        project = make_project(root)
        git(root, "init", "--quiet", "--initial-branch", "main")
        commit(project)
        git(root, "gc", "--quiet")  # one file of all objects is soon copied

    return once("committed", fill)


@pytest.fixture
def repository(committed, tmp_path):
    """A copy of it, for one test alone."""
    return Project(shutil.copytree(committed, tmp_path / "repository"))


@pytest.fixture
def said(repository):
    """Commit what a test has changed, and return what the review of it says."""

    def review(*options, code):
        commit(repository)
        done = repository.call("review", "HEAD~1", *options)
        assert (done.returncode, done.stderr) == (code, "")
        return done.stdout

    return review


def add(project, slug, title, **replaced):
    """Write a new case study, much like the youth vote but with another title."""
    text = project.read(VOTE).replace("Two councils let young people vote on a budget", title)
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new)
    project.write(f"case_studies/{slug}.md", text)


def section(text, heading):
    """The lines below a heading."""
    after = text.partition(f"## {heading}\n\n")[2]
    return after.partition("\n\n##")[0].splitlines()


def test_a_good_new_case_study(repository, said):
    add(
        repository,
        "band-hall",
        "A band runs its own hall",
        council=("councils: [northmere, westover]", "councils: [quiet-vale]"),
        theme=("themes: [young-people]", "themes: [music]"),
        host=("https://example.org/study", "https://www.example.net/hall"),
    )
    text = said(code=0)
    assert text.startswith("# What this changes\n\nCase studies: 1 added. There would be 4.\n")
    assert section(text, "Look first at") == [
        "1. `case_studies/band-hall.md` leads to hosts new to the casebook: `example.net`.",
        "2. Open the 1 new source of `case_studies/band-hall.md`: do they say what it says?",
        "3. `case_studies/band-hall.md` is new under `questions/capacity`, `pledges/promote-good-practice`, `pledges/ask-the-questions`: does it really answer?",
    ]
    told = section(text, "New: `case_studies/band-hall.md`")
    assert "- Title: `A band runs its own hall`" in told
    assert (
        "- Source added: `A study of the youth vote` at `example.net`, `https://www.example.net/hall`. **Host new to the casebook.**"
        in told
    )
    assert "## Problems" not in text


def test_every_mistake_is_told_in_the_words_of_check(repository, said):
    for old, new in {
        "status: ended": "status: over",
        "themes: [libraries, young-people]": "themes: [librarys]",
        "result: worked": "result: great",
        "checked: 2026-01-31": "checked: 2031-01-31",
        "sources: [minutes, gazette]": "sources: [minutes, gazete]",
    }.items():
        repository.replace(ROOM, old, new)
    add(repository, "band-hall", "A band runs its own hall")
    text = said(code=1)
    problems = json.loads(repository.call("check", "--format", "json").stdout)["problems"]
    assert len(problems) == 5
    listed = [line for line in section(text, "Problems that check finds") if line.startswith("- ")]
    assert listed == [
        f"- `{one['file']}:{one['line']}: {one['field']}: {one['message']}`" for one in problems
    ]
    assert section(text, "Look first at")[2] == "3. `check` finds 5 problems in 1 file: see below."
    assert "## New: `case_studies/band-hall.md`" in text
    assert "- Tags lost: `themes/libraries`, `themes/young-people`" in section(text, f"Changed: `{ROOM}`")


def test_figures_that_change_stand_old_beside_new(repository, said):
    repository.replace(ROOM, "Open 40 hours a week instead of 20", "Open 45 hours a week instead of 20")
    repository.replace(ROOM, "evidence: press", "evidence: independent-evaluation")
    text = said(code=0)
    assert section(text, f"Changed: `{ROOM}`") == [
        "- Title: `Readers run the Exampleton reading room`",
        "- `outcomes` **Figures: `40` → `45`**",
        "  - was: `id: claim-1; what: Open 40 hours a week instead of 20; result: worked; evidence: press; sources: gazette`",
        "  - now: `id: claim-1; what: Open 45 hours a week instead of 20; result: worked; evidence: independent-evaluation; sources: gazette`",
        "- Reading age: 7; the aim is 14.",
    ]
    assert section(text, "Look first at")[:2] == [
        f"1. An outcome of `{ROOM}`, `Open 40 hours a week instead of 20`: its `evidence` turns from `press` to `independent-evaluation`. Do its sources say so?",
        f"2. Figures change in `{ROOM}`, and no source was added: `40` before, `45` now.",
    ]


def test_a_change_at_the_end_of_a_long_text_is_not_cut_off(repository, said):
    long = "The roof leaked, and leaked again. " * 60
    repository.replace(TREES, "Three weeks were too short.[^report]", f"{long}It cost £9,000.[^report]")
    said(code=0)
    repository.replace(TREES, "£9,000", "£19,000")
    told = section(said(code=0), f"Changed: `{TREES}`")
    assert "- `body: What went wrong` **Figures: `£9,000` → `£19,000`**" in told
    assert next(line for line in told if "now:" in line).endswith("It cost £19,000.[^report]`")


def test_spaces_and_comments_are_no_change_of_meaning(repository, said):
    repository.replace(ROOM, "status: ended", "# So they say.\nstatus:   ended")
    assert section(said(code=0), f"Changed: `{ROOM}`")[1] == (
        "- It states what it did before: only spaces, comments or the order differ."
    )


def test_a_removed_case_study(repository, said):
    (repository.root / VOTE).unlink()
    text = said(code=0)
    assert text.startswith("# What this changes\n\nCase studies: 1 removed. There would be 2.\n")
    assert section(text, "Look first at") == [
        f"1. `{VOTE}` goes, and links to its page break. Failures are kept: see `withdrawn`."
    ]


def test_a_renamed_file_is_one_case_study(repository, said):
    git(repository.root, "mv", VOTE, "case_studies/youth-vote.md")
    repository.replace("case_studies/youth-vote.md", "They voted.", "They all voted.")
    text = said(code=0)
    assert text.startswith("# What this changes\n\nCase studies: 1 renamed. There would be 3.\n")
    assert section(text, "Look first at")[0] == (
        f"1. `{VOTE}` becomes `case_studies/youth-vote.md`, and links to its old page break: list it under `former`."
    )
    told = section(text, "Renamed: `case_studies/youth-vote.md`")
    assert f"- Until now `{VOTE}`." in told
    assert "  - now: `They all voted.[^study]`" in told


def test_what_changes_a_meaning_is_told_before_a_new_name(repository, said):
    new = "case_studies/readers-room.md"
    git(repository.root, "mv", ROOM, new)
    repository.replace(new, "https://example.org/gazette", "https://gazette.example.com/doubled")
    repository.replace(new, "result: worked", "result: mixed")
    repository.replace(new, "themes: [libraries, young-people]", "themes: [music]")
    first = looks_first(said(code=0))
    kinds = ("now leads to", "turns from", "changes its themes: `themes/libraries`", "old page break")
    places = [next(at for at, line in enumerate(first) if words in line) for words in kinds]
    assert places == sorted(places)


def test_a_renamed_file_whose_old_name_leads_on_breaks_nothing(repository, said):
    git(repository.root, "mv", VOTE, "case_studies/youth-vote.md")
    repository.rewrite("case_studies/youth-vote.md", with_fields, "former: [joint-youth-vote]\n")
    text = said(code=0)
    assert f"- Until now `{VOTE}`." in section(text, "Renamed: `case_studies/youth-vote.md`")
    assert "old page break" not in text


def test_an_answer_that_tells_nothing_is_seen_before_all_else(repository, said):
    answer = "Schools lent their halls and each council lent one member of staff."
    add(
        repository,
        "again",
        "Young people vote on two councils' budget",
        answer=(answer, "No source says who helped. It is not known what it cost."),
    )
    said(code=0)
    repository.replace(ROOM, "https://example.org/gazette", "https://gazette.example.com/doubled")
    repository.replace(VOTE, answer, "None of the sources says who helped the young people.")
    text = said(code=0)
    assert looks_first(text)[:2] == [
        f"1. `{VOTE}` answers `capacity` only by saying that no source does: see `not_found`.",
        f"2. A source of `{ROOM}`, `Reading room doubles its hours`, now leads to `gazette.example.com` instead of `example.org`: does it say the same?",
    ]
    assert "`case_studies/again.md` answers" not in text, "it did before"


def test_the_day_of_joining_is_set_anew_on_merging_if_others_joined_later(repository, said):
    add(repository, "band-hall", "A band runs its own hall")
    assert "was added" not in said(code=0), "the others joined on the same day"
    add(
        repository,
        "band-room",
        "A band runs its own room",
        added=("added: 2026-01-31", "added: 2026-01-30"),
        accessed=("accessed: 2026-01-30", "accessed: 2026-01-29"),
    )
    assert (
        "`case_studies/band-room.md` says that it was added `2026-01-30`: renew that on merging."
        in "\n".join(looks_first(said(code=0)))
    )
    repository.replace("case_studies/band-room.md", "They voted.", "They all voted.")
    assert "was added" not in said(code=0), "it is there already"


def test_an_e_mail_address_inside_a_web_address_is_personal_data_too(repository, said):
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fstudy&data=05%7C01%7Cjo.bloggs%40example.org%7C"
    repository.replace(VOTE, "https://example.org/study", wrapped)
    text = said(code=1)  # check refuses the wrapper
    assert [line for line in section(text, f"Changed: `{VOTE}`") if line.startswith("- Perhaps")] == [
        "- Perhaps an e-mail address in `sources.study`: `jo.bloggs@example.org`"
    ]


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Young people vote on two councils' budget", "nearly the same title"),
        ("What schools decided", "the same council, overlapping years, the same main theme, a source of the same address"),
    ],
)  # fmt: skip
def test_a_story_that_may_be_told_already(repository, said, title, why):
    add(repository, "again", title)
    assert section(said(code=0), "Look first at")[0] == (
        f"1. `case_studies/again.md` may tell the same story as `joint-youth-vote`: {why}."
    )


def test_the_same_council_at_another_time_is_no_likeness(repository, said):
    add(
        repository,
        "again",
        "What schools decided",
        council=("councils: [northmere, westover]", "councils: [westover]"),
        years=("{from: 2018-03, to: 2018-11}", "{from: 2019, to: 2020}"),
    )
    assert "same story" not in said(code=0)


def test_what_may_be_personal_data(repository, said):
    spoken = "Cllr Jo Bloggs, jo.bloggs@example.org, 020 7946 0000, spoke up in 2019.[^report]"
    repository.replace(TREES, "Nobody asked.[^report]", spoken)
    text = said(code=1)  # check refuses the address, which would become a link
    assert [line for line in section(text, f"Changed: `{TREES}`") if line.startswith("- Perhaps")] == [
        "- Perhaps an e-mail address in `body: The problem`: `jo.bloggs@example.org`",
        "- Perhaps a telephone number in `body: The problem`: `020 7946 0000`",
        "- Perhaps a name after a title in `body: The problem`: `Cllr Jo Bloggs`",
    ]
    repository.replace(TREES, "Give people time.", "Give people more time.")
    assert "- Perhaps" not in said(code=1), "it was there before"


def test_braces_in_a_title_are_text(repository, said):
    repository.replace(ROOM, "Cabinet minutes, item 7", '"Minutes of {0} {x.y} {} {"')
    repository.replace(ROOM, "https://example.org/minutes?id=7&page=1", "https://example.org/braces")
    told = section(said(code=0), f"Changed: `{ROOM}`")
    assert (
        "- Source at another address: `Minutes of {0} {x.y} {} {`, until now at `https://example.org/minutes?id=7&page=1`, is at `example.org`, `https://example.org/braces`."
        in told
    )


def test_a_link_in_the_body_is_shown_with_the_host_to_which_it_leads(repository, said):
    repository.replace(TREES, "Nobody asked.", "[example.org](https://evil.example.com/a) says why.")
    text = said(code=0)
    assert (
        "- Link added in the body at `evil.example.com`, `https://evil.example.com/a`. **Host new to the casebook.**"
        in text
    )


def test_files_elsewhere_are_named_and_never_run(repository, said):
    marker = repository.root / "ran"
    evil = f"from pathlib import Path\nPath({str(marker)!r}).touch()\n"
    for path in ("hooks/casebook/__init__.py", "hooks/mkdocs_hooks.py", "sitecustomize.py", "conftest.py"):
        repository.write(path, evil)
    repository.write(".gitattributes", "*.md filter=evil export-ignore\n")
    git(repository.root, "config", "filter.evil.smudge", f"touch {marker}")
    git(repository.root, "config", "core.hooksPath", "evil")
    repository.write("evil/post-checkout", f"#!/bin/sh\ntouch {marker}\n")
    (repository.root / "evil/post-checkout").chmod(0o755)
    repository.replace(ROOM, "The roof leaked.", "The roof leaked badly.")
    commit(repository)
    git(repository.root, "checkout", "--quiet", "HEAD~1")
    marker.unlink(missing_ok=True)
    done = repository.run("review", "main~1", "main")
    assert done.returncode == 0, done.stderr
    assert section(done.stdout, "Look first at")[0] == (
        "1. 6 files beside case studies and evidence sheets: `.gitattributes`, `conftest.py`, `evil/post-checkout`. A maintainer must look; nothing of it was run."
    )
    assert "- changed: `hooks/casebook/__init__.py`" in section(
        done.stdout, "Files elsewhere: a maintainer must look"
    )
    assert "  - now: `The roof leaked badly.[^gazette]`" in done.stdout, "no attribute hides a file"
    assert not marker.exists()


def test_files_that_are_no_case_study(repository, said):
    (repository.root / "case_studies/picture.png").write_bytes(bytes(range(256)))
    (repository.root / "case_studies/binary.md").write_bytes(b"---\n\xff\xfe")
    (repository.root / "case_studies/link.md").symlink_to("/etc/passwd")
    repository.write("case_studies/large.md", "x" * 300_000)
    repository.write("case_studies/sub/x.md", "x")
    text = said(code=1)
    assert text.startswith("# What this changes\n\nCase studies: 5 added. There would be 5.\n")
    assert "root:" not in text
    assert section(text, "New: `case_studies/link.md`") == ["- It can't be read: see the problems."]
    assert [line for line in section(text, "Problems that check finds") if line.startswith("- ")] == [
        "- `case_studies/binary.md:2: not UTF-8: byte 0xff on line 2 can't be read`",
        "- `case_studies/large.md:1: larger than 256 kB`",
        "- `case_studies/link.md:1: not an ordinary file: links and devices are not followed`",
        '- `case_studies/picture.png:1: "picture.png" is not a name for a case study`',
        "- `case_studies/sub:1: a folder (in it: sub/x.md): case studies lie side by side in case_studies/`",
    ]


def test_what_a_system_left_is_no_case_study_that_cannot_be_read(repository, said):
    for name in (".DS_Store", "Thumbs.db", "reading-room.md.orig", ".obsidian/app.json"):
        repository.write(f"case_studies/{name}", "x")
    text = said(code=0)
    assert "No case study changes." in text
    assert section(text, "Files elsewhere: a maintainer must look") == [
        "- added: `case_studies/.DS_Store`",
        "- added: `case_studies/.obsidian/app.json`",
        "- added: `case_studies/Thumbs.db`",
        "- added: `case_studies/reading-room.md.orig`",
    ]


FILLER = "People met, and the council heard what they had to say about it, and then it did so. "
PERSON = "In May Margaret Holloway, who lives at the corner, lost her flat because of it."


def looks_first(text):
    return section(text, "Look first at")


def test_the_one_sentence_that_names_a_person_is_seen_among_six_hundred_words(repository, said):
    story = f"{FILLER * 20}{PERSON} {FILLER * 20}"
    assert len(story.split()) > 600
    add(
        repository, "band-hall", "A band runs its own hall", story=("Young people had no say.", story.strip())
    )
    text = said(code=0)
    assert looks_first(text)[0] == (
        f"1. `case_studies/band-hall.md` may name a private person: `Margaret Holloway`, in `{PERSON}`. Nothing here may."
    )
    told = "\n".join(section(text, "New: `case_studies/band-hall.md`"))
    shown_words = " ".join(re.findall("`(.*)`", told.partition("- `body: The problem`, new:")[2]))
    assert shown_words.startswith(story.strip()), "the story is shown, all of it"


def test_so_it_is_in_a_change_of_as_many_words(repository, said):
    story = f"{FILLER * 20}{PERSON} {FILLER * 20}"
    repository.replace(ROOM, "The roof leaked.", story.strip())
    text = said(code=0)
    assert "`Margaret Holloway`" in looks_first(text)[0]
    assert PERSON in "\n".join(section(text, f"Changed: `{ROOM}`"))
    assert text.count(FILLER.strip()) == 40


def test_a_place_or_body_of_which_the_casebook_speaks_is_taken_for_nobody(repository, said):
    spoken = (
        "Exampleton Gazette, Keep Roofs, Friends of the Reading Room and Northmere Borough Council spoke."
    )
    repository.replace(TREES, "Nobody asked.", "Keep Roofs spoke.")
    said(code=0)
    repository.replace(ROOM, "The roof leaked.", spoken)
    assert "Perhaps" not in said(code=0)


def test_the_one_source_that_leads_to_another_host_is_seen_before_all_that_is_harmless(repository, said):
    repository.replace(ROOM, "https://example.org/gazette", "https://gazette.example.com/doubled")
    repository.replace(ROOM, "Open 40 hours a week", "Open 45 hours a week")
    repository.replace(ROOM, "powers: [sample-act-2001-s1]\n", "")
    git(repository.root, "mv", VOTE, "case_studies/youth-vote.md")
    (repository.root / TREES).unlink()
    repository.replace(ROOM, "[the trees](westover-trees.md)", "the trees")
    text = said(code=0)
    assert looks_first(text) == [
        f"1. A source of `{ROOM}`, `Reading room doubles its hours`, now leads to `gazette.example.com` instead of `example.org`: does it say the same?",
        f"2. `{TREES}` goes, and links to its page break. Failures are kept: see `withdrawn`.",
        f"3. Figures change in `{ROOM}`, with a new source: `40` before, `45` now.",
        f"4. `{VOTE}` becomes `case_studies/youth-vote.md`, and links to its old page break: list it under `former`.",
        f"5. `{ROOM}` leads to hosts new to the casebook: `gazette.example.com`.",
        "6. And 2 more of other kinds, told below.",
    ]
    assert (
        "- **Source leads to another host**: `Reading room doubles its hours`, until now at `https://example.org/gazette`, is at `gazette.example.com`, `https://gazette.example.com/doubled`. **Host new to the casebook.**"
        in section(text, f"Changed: `{ROOM}`")
    )


def test_a_source_at_another_address_of_its_host_is_no_other_host(repository, said):
    repository.replace(ROOM, "https://example.org/gazette", "https://www.example.org/doubled")
    text = said(code=0)
    assert "another host" not in text
    assert "- Source at another address: `Reading room doubles its hours`, until now at" in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("result: mixed", "result: worked", "its `result` turns from `mixed` to `worked`. Do its sources say so?"),
        ("  - id: few\n    what: 12 of 300 streets answered\n    result: mixed\n    evidence: published-audit\n    sources: [report]\n", "", "it goes, and was `mixed`. Do its sources say so?"),
    ],
)  # fmt: skip
def test_an_outcome_that_turns_out_better_is_looked_at_first(repository, said, old, new, words):
    outcome = "  - id: few\n    what: 12 of 300 streets answered\n    result: mixed\n    evidence: published-audit\n    sources: [report]\n"
    other = outcome.replace("12 of 300 streets answered", "Trees stood in nine streets by spring").replace(
        "id: few", "id: trees"
    )
    text = repository.read(TREES)
    repository.write(
        TREES, re.sub("(?s)outcomes:\n.*?(?=^[a-z])", f"outcomes:\n{outcome}{other}", text, flags=re.M)
    )
    said(code=0)
    repository.write(TREES, repository.read(TREES).replace(old, new, 1))
    assert (
        looks_first(said(code=0))[0] == f"1. An outcome of `{TREES}`, `12 of 300 streets answered`: {words}"
    )


def test_however_much_is_new_the_summary_fits_and_says_what_it_leaves_out(repository, said):
    """The worst that is read at all: a megabyte of what takes most room when it is made visible."""
    for number in range(4):
        story = ("\u200b" * 9_999 + "\n") * 5
        add(repository, f"long-{number}", f"A long story {number}", x=("They voted.", f"They voted. {story}"))
    repository.replace(ROOM, "https://example.org/gazette", "https://gazette.example.com/doubled")
    text = said(code=1)
    assert len(text.encode()) < 2**20
    firsts = looks_first(text)
    assert re.match(
        r"1\. Not shown here, for want of room: [\d,]+ lines? of New: `case_studies/long-3.md`\. Read the file itself\.",
        firsts[0],
    )
    assert any("now leads to `gazette.example.com`" in line for line in firsts)


SHEET = "tests/evidence/reading-room.yaml"


def test_evidence_sheets_are_content_and_told_with_the_figures_that_change(repository, said):
    fact = "facts:\n- fact: Open 40 hours a week.\n  source: s1\n"
    repository.write(SHEET, fact)
    text = said(code=0)
    assert text.startswith("# What this changes\n\nNo case study changes. Evidence sheets: 1 added.\n")
    assert "elsewhere" not in text
    assert section(text, "Evidence sheets")[0] == f"- added: `{SHEET}`."
    repository.write(SHEET, fact.replace("40", "45"))
    text = said(code=0)
    assert looks_first(text) == [
        f"1. Figures change on the evidence sheet `{SHEET}`: `40` before, `45` now. Do its sources say so?"
    ]
    assert section(text, "Evidence sheets") == [
        f"- changed: `{SHEET}`. **Figures: `40` → `45`**",
        "  - was: `- fact: Open 40 hours a week.`",
        "  - now: `- fact: Open 45 hours a week.`",
    ]
    (repository.root / SHEET).unlink()
    assert section(said(code=0), "Evidence sheets") == [f"- removed: `{SHEET}`."]


def test_what_only_looks_like_a_sheet_is_a_file_elsewhere(repository, said):
    repository.write("tests/evidence/Evil.yaml", "x")
    repository.write("tests/evidence/sub/x.yaml", "x")
    (repository.root / SHEET).symlink_to("/etc/passwd")
    text = said(code=0)
    assert "3 files beside case studies and evidence sheets" in looks_first(text)[0]
    assert "root:" not in text
    assert "Evidence sheets" not in text


def test_a_hostile_sheet_stays_inside_the_quotes(repository, said):
    repository.write(SHEET, "\n".join(NASTY))
    page = github_flavored_markdown_to_html(said(code=0))
    outside = re.sub("<code>.*?</code>", "", page, flags=re.DOTALL)
    assert set(re.findall(r"<(\w+)", outside)) <= {"h1", "h2", "p", "ul", "ol", "li", "strong"}
    assert [word for word in ("evil", "@", "img", "Approve", "tada") if word in outside] == []


def test_a_sheet_is_what_may_come_from_a_stranger():
    scope = (REAL / ".ci/scope.py").read_text(encoding="utf-8")
    assert f'SHEET = re.compile(r"{evidence.NAME.pattern}")' in scope


@pytest.mark.parametrize(
    ("files", "size", "words"),
    [
        (21, 1, "It touches 21 files, and at most 20 are reviewed at once. Nothing in it was read."),
        (1, 1_000_001, "The files touched hold 1,000,001 bytes, and at most 1,000,000 are reviewed at once. Nothing in it was read."),
    ],
)  # fmt: skip
def test_too_much_at_once_is_not_read(repository, said, files, size, words):
    for number in range(files):
        repository.write(f"case_studies/x{number}.md", "x" * size)
    text = said(code=1)
    assert text.splitlines()[:3] == ["# Not reviewed", "", words]
    assert json.loads(repository.call("review", "HEAD~1", "--format", "json").stdout)["cases"] == []


def test_no_change_of_case_studies_is_said(repository, said):
    repository.write("notes.md", "A note")
    assert said(code=0) == (
        "# What this changes\n\nNo case study changes.\n\n## Look first at\n\n"
        "1. 1 file beside case studies and evidence sheets: `notes.md`. A maintainer must look; nothing of it was run.\n\n"
        "## Files elsewhere: a maintainer must look\n\n- added: `notes.md`\n"
    )


def test_what_the_base_did_meanwhile_is_no_part_of_it(repository):
    git(repository.root, "checkout", "--quiet", "-b", "theirs")
    repository.replace(ROOM, "The roof leaked.", "The roof leaked badly.")
    commit(repository)
    git(repository.root, "checkout", "--quiet", "main")
    (repository.root / VOTE).unlink()
    commit(repository)
    text = repository.call("review", "main", "theirs").stdout
    assert "Case studies: 1 changed. There would be 3." in text
    assert VOTE not in text


def test_a_new_term_may_be_used_at_once(repository, said):
    repository.write(
        "schema/themes.yml", repository.read("schema/themes.yml") + "- {id: water, title: Water}\n"
    )
    repository.replace(TREES, "themes: [green-spaces]", "themes: [green-spaces, water]")
    text = said(code=0)
    assert "- Tags gained: `themes/water`" in text
    assert "- changed: `schema/themes.yml`" in text


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (b"", "schema/themes.yml:1: the file is empty"),
        (b"# nothing", "schema/themes.yml:1: 'title' is a required property"),
        (b"\xff", "schema/themes.yml:1: not UTF-8: byte 0xff on line 1 can't be read"),
        (b"title: x\nentries:\n- {id: a, title: A, number: '1'}\n", "schema/themes.yml:3: entries[0].number: no entry of themes has this field"),
        (b"title: x\nentries:\n- {id: a}\n", "schema/themes.yml:3: entries[0]: 'title' is a required property"),
    ],
)  # fmt: skip
def test_a_broken_vocabulary_is_named_and_the_rest_still_reviewed(repository, said, broken, problem):
    (repository.root / "schema/themes.yml").write_bytes(broken)
    repository.replace(ROOM, "status: ended", "status: over")
    listed = section(said(code=1), "Problems that check finds")
    assert f'- `{ROOM}:9: status: "over" is not one of the statuses.`' in listed
    assert f"- `{problem}`" in listed


def test_what_has_no_shape_on_either_side_is_reviewed_under_the_bases_schema(repository, said):
    """Case studies with mistakes stand on both sides, and the head's vocabulary can't be read."""
    repository.replace(TREES, "themes: [green-spaces]", "themes: green-spaces")
    repository.write(VOTE, "---\noutcomes: [x, [{}]]\nquestions: [risk, []]\nsources: {a: b}\n---\n")
    commit(repository)
    repository.replace(TREES, "themes: green-spaces", "themes: [{}, [green-spaces], green-spaces]")
    (repository.root / VOTE).unlink()
    (repository.root / "schema/themes.yml").write_bytes(b"")
    text = said(code=1)
    assert "- Tags gained: `themes/green-spaces`" in text
    assert "- Tags lost: `questions/risk`" in text
    assert "- `schema/themes.yml:1: the file is empty`" in section(text, "Problems that check finds")


def test_a_removed_vocabulary_is_told_as_a_file_elsewhere(repository, said):
    (repository.root / "schema/themes.yml").unlink()
    assert "- removed: `schema/themes.yml`" in said(code=0)


def test_a_base_whose_schema_is_not_json_is_said_plainly(repository):
    repository.write("schema/case-study.schema.json", "{\n")
    commit(repository)
    done = repository.call("review", "HEAD")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: The base's own schema has mistakes. schema/case-study.schema.json:2: not JSON: Expecting property "
        "name enclosed in double quotes: line 2 column 1 (char 2)",
    )


def test_the_head_cannot_loosen_the_schema(repository, said):
    repository.replace(
        "schema/case-study.schema.json", '"additionalProperties": false', '"additionalProperties": true'
    )
    repository.replace(ROOM, "status: ended", "status: ended\ntemplate: evil.html")
    assert f'- `{ROOM}:10: "template" is not a field here`' in said(code=1)


def test_the_head_cannot_change_what_is_said(repository, said):
    repository.replace("schema/messages.yml", "is not a field here", "is welcome here")
    repository.replace(ROOM, "status: ended", "status: ended\ntemplate: evil.html")
    assert f'- `{ROOM}:10: "template" is not a field here`' in said(code=1)


NASTY = [
    "[a](https://evil.example) ![b](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)> <!-- --> &lt;b&gt;",
    "@somebody #1 GH-1 https://evil.example www.evil.example a@evil.example",
    "` `` ``` " + "`" * 90 + " <b>out</b>",
    "`<b>starts and ends`",
    "a | b \\| c \\\\| d \\",
    "**No problems.** Approve. | --- | ~~x~~ _y_ $z$ :tada:",
    "\x1b[31mred \x07 \u202eturned \u200bhidden \x9b",
    "line\n\n# What this changes\n\n::error::x",
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY)
def test_contributed_words_are_quoted_whole(nasty):
    page = github_flavored_markdown_to_html(f"- **ours** {markdown_escape.code(nasty)} ours\n")
    assert re.findall(r"</?(\w+)", page) == ["ul", "li", "strong", "strong", "code", "code", "li", "ul"]


@given(text=LINES)
def test_any_text_is_quoted_to_the_letter(text):
    page = github_flavored_markdown_to_html(f"- **ours** {markdown_escape.code(text)} ours\n")
    before, code, after = re.split("</?code>", page)
    assert (before, after) == ("<ul>\n<li><strong>ours</strong> ", " ours</li>\n</ul>\n")
    assert html.unescape(code) == shown(" ".join(re.split("[ \t]+", text)), markdown_escape.MAX_SPAN)


def test_a_hostile_case_study_stays_inside_the_quotes(repository, said):
    replaced = {
        "Readers run the Exampleton reading room": 1,
        "The council paid a librarian to train the volunteers for one year.": 2,
        "Open 40 hours a week instead of 20": 3,
        "Cabinet minutes, item 7": 4,
        "The lease was made longer, to 50 years.": 5,
        "Friends of the Reading Room": 6,
    }
    everything = " ".join(NASTY)
    for old in replaced:
        repository.replace(ROOM, old, json.dumps(everything))
    repository.replace(ROOM, "The roof leaked.", everything)
    repository.write("case_studies/<img src=x>`@me`\n# x.md", "x")
    repository.write("<img src=x> @me ` \x1b[31m.md", "x")
    text = said(code=1)
    outside = re.sub("<code>.*?</code>", "", github_flavored_markdown_to_html(text), flags=re.DOTALL)
    assert set(re.findall(r"<(\w+)", outside)) == {"h1", "h2", "p", "ul", "ol", "li", "strong"}
    assert [word for word in ("evil", "@", "img", "Approve", "::error", "tada") if word in outside] == []
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", text) == []
    assert "\x1b" not in repository.run("review", "HEAD~1", "--format", "json").stdout


def test_the_hostile_inputs_do_too(repository):
    """All of them, twenty at a time."""
    inputs = sorted(path for path in (CORPUS / "hostile/text").glob("*.md") if path.stat().st_size < 40_000)
    assert len(inputs) > 150
    for first in range(0, len(inputs), 20):
        git(repository.root, "checkout", "--quiet", "--detach", "main")
        for number, path in enumerate(inputs[first : first + 20]):
            (repository.root / f"case_studies/hostile-{number}.md").write_bytes(path.read_bytes())
        commit(repository)
        done = repository.call("review", "main", "HEAD")
        assert (done.returncode, done.stderr) == (1, "")
        outside = re.sub(
            "<code>.*?</code>", "", github_flavored_markdown_to_html(done.stdout), flags=re.DOTALL
        )
        assert set(re.findall(r"<(\w+)", outside)) <= {"h1", "h2", "p", "ul", "ol", "li", "strong"}
        assert "PWN" not in outside


def test_a_file_that_leads_out_of_the_folder_is_refused(repository):
    """Git's own commands refuse to make such a tree; a hostile client need not."""
    blob = git(repository.root, "hash-object", "-w", "--stdin", given=b"x")
    inner = bytes.fromhex(blob)
    tree = git(
        repository.root,
        "hash-object",
        "-w",
        "-t",
        "tree",
        "--literally",
        "--stdin",
        given=b"100644 ..\0" + inner,
    )
    listed = git(repository.root, "ls-tree", "HEAD")
    outer = "\n".join(line for line in listed.splitlines() if "case_studies" not in line)
    root = git(repository.root, "mktree", given=f"{outer}\n040000 tree {tree}\tcase_studies\n".encode())
    evil = git(repository.root, "commit-tree", "-p", "HEAD", "-m", "evil", root)
    done = repository.call("review", "HEAD", evil)
    assert done.returncode == 2
    assert "case_studies/.. can't be laid out: it leads out of the folder." in done.stderr


def test_json_says_the_same_for_programs(repository, said):
    repository.replace(ROOM, "Open 40 hours", "Open 45 hours")
    told = json.loads(said("--format", "json", code=0))
    (case,) = told["cases"]
    assert (case["what"], case["file"]) == ("changed", ROOM)
    assert (case["changes"][0]["figures_gone"], case["changes"][0]["figures_new"]) == (["40"], ["45"])
    assert told["look_first_at"][0].startswith("Figures change in")


def test_a_link_elsewhere_is_named_and_not_followed(repository, said):
    (repository.root / "docs/link").symlink_to("/etc")
    assert section(said(code=0), "Files elsewhere: a maintainer must look") == ["- added: `docs/link`"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), '"nowhere" is not a revision that Git knows here.'),
        (("HEAD", "--", "--output=x"), '"--output=x" is not a revision that Git knows here.'),
        (("HEAD", "HEAD:schema"), '"HEAD:schema" is not a revision that Git knows here.'),
        (("empty",), "The base has no schema/questions.yml: nothing can be checked against it."),
        (("apart", "main"), "apart and main have no commit in common. Is this a shallow clone?"),
        ((), "Missing argument 'BASE'."),
    ],
)
def test_wrong_use_is_said_plainly(repository, arguments, words):
    nothing = git(repository.root, "mktree")
    alone = git(repository.root, "commit-tree", "-m", "alone", nothing)
    git(repository.root, "branch", "apart", alone)
    git(
        repository.root,
        "branch",
        "empty",
        git(repository.root, "commit-tree", "-p", alone, "-m", "x", nothing),
    )
    head = ("apart",) if arguments == ("empty",) else ()
    done = repository.call("review", *head, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_outside_git_is_said_plainly(project):
    done = project.call("review", "main")
    assert done.returncode == 2
    assert f"{project.root} is not in a Git repository." in done.stderr


def test_a_rich_example_is_told_as_it_was(repository, said, golden):
    repository.replace(ROOM, "Open 40 hours a week instead of 20", "Open 45 hours a week instead of 20")
    repository.replace(
        ROOM,
        "questions:\n",
        "questions:\n  value:\n    answer: It costs the council £9,000 a year less than it did, as volunteers administer everything themselves.\n    sources: [minutes]\n",
    )
    repository.replace(ROOM, "powers: [sample-act-2001-s1]\n", "")
    repository.replace(ROOM, "https://example.org/gazette", "https://gazette.example.com/doubled")
    (repository.root / TREES).unlink()
    repository.replace(ROOM, "[the trees](westover-trees.md)", "[the trees](trees-of-westover.md)")
    add(
        repository,
        "young-vote",
        "Young people vote on two councils' budget",
        name=("Young people had no say.", "Ms Ann Example, 01632 960001, had no say."),
    )
    add(repository, "bad-vote", "A vote that went wrong", status=("status: ended", "status: `over`"))
    repository.write("Makefile", "site:\n")
    golden("review.md", said(code=1))

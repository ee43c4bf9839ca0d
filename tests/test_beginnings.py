"""How `casebook new` begins a case study: with options, with a draft, and at a real terminal."""

import contextlib
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import EPOCH, REAL, TODAY

from casebook import documents, writing
from casebook.loading import examine

SUMMARY = "A made-up council asks who reads in its reading room, and 12 of 90 readers say that they do."
ANSWER = "Readers had three weeks and no help, and most of them did not answer."


def new_files(project):
    names = {path.name for path in (project.root / "case_studies").iterdir()}
    return sorted(names - {"joint-youth-vote.md", "reading-room.md", "westover-trees.md"})


def front_of(project, name):
    document, _ = documents.read(project.root, project.root / "case_studies" / name)
    return document.data


# With options


def test_options_fill_the_new_file_in(project):
    done = project.run(
        "new", "Readers vote", "--council", "exampleton", "--council", "northmere", "--theme", "libraries",
        "--question", "risk", "--pledge", "ask-the-questions", "--status", "ended",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    front = front_of(project, "readers-vote.md")
    assert {field: value for field, value in front.items() if value} == {
        "title": "Readers vote",
        "councils": ["exampleton", "northmere"],
        "themes": ["libraries"],
        "questions": {"risk": {"answer": "", "sources": []}},
        "pledges": {"ask-the-questions": {"how": "", "sources": []}},
        "status": "ended",
        "checked": "2026-11-24",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("Readers vote", "--council", "exampelton", "--question", "risks"),
            'Error: councils[0]: "exampelton" is not one of the councils in the register.\n'
            '    Did you mean "exampleton"? All of them are in schema/councils.yml.\n'
            'questions: "risks" is not one of the ten key questions.\n'
            '    Did you mean "risk"? All of them are in schema/questions.yml.\n',
        ),
        (
            ("x" * 91,),
            "Error: title: too long: 91 characters, at most 90\n"
            "    What happened, in at most 90 characters of plain text.\n",
        ),
        (("--council", "exampleton"), "Error: Missing argument 'TITLE'.\n"),
    ],
)
def test_what_check_would_refuse_is_wrong_use_and_writes_nothing(project, arguments, words):
    done = project.run("new", *arguments)
    assert done.returncode == 2
    assert done.stderr.endswith(words)
    assert new_files(project) == []


def test_a_reserved_name_is_refused(project):
    done = project.run("new", "Themes")
    assert (done.returncode, done.stderr) == (
        1,
        'Error: the name "themes" is reserved. Choose another name.\n',
    )
    assert new_files(project) == []


# With a draft


def draft_of(project, name):
    """A draft such as the form would export of a case study that is there already."""
    document, problems = documents.read(project.root, project.root / "case_studies" / name)
    assert problems == []
    sections = document.body.split("\n## ")[1:]
    body = dict(section.split("\n", 1) for section in sections)
    return {"version": 1, "slug": "a-second-room", "front": dict(document.data), "body": body}


def begin(project, draft):
    project.write("draft.json", draft if isinstance(draft, str) else json.dumps(draft))
    return project.run("new", "--from", "draft.json")


def test_a_right_draft_becomes_a_file_that_passes_check(project):
    draft = draft_of(project, "reading-room.md")
    draft["front"]["title"] = 'A "second" room: no, # 010 🏛️'
    draft["front"] = dict(reversed(draft["front"].items()))
    done = begin(project, draft)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Wrote case_studies/a-second-room.md. What `casebook check` says of it:\nNo problems in 1 case study.\n"
    )
    assert front_of(project, "a-second-room.md") == draft["front"]
    assert list(front_of(project, "a-second-room.md"))[:3] == ["title", "summary", "councils"]
    assert "\n## What went wrong\n\nThe roof leaked.[^gazette]\n" in project.read(
        "case_studies/a-second-room.md"
    )


def test_without_a_name_the_title_makes_it(project):
    draft = draft_of(project, "reading-room.md") | {"slug": ""}
    draft["front"]["title"] = "A second room"
    assert begin(project, draft).returncode == 0
    assert new_files(project) == ["a-second-room.md"]


def test_a_draft_with_mistakes_is_written_and_they_are_named(project):
    draft = draft_of(project, "reading-room.md")
    draft["front"] |= {"title": "Two\nlines", "councils": ["exampelton"]}
    done = begin(project, draft)
    assert done.returncode == 1
    assert 'title: "Two\\nlines" must be one line of text, without line breaks' in done.stdout
    assert 'Did you mean "exampleton"?' in done.stdout
    assert done.stdout.endswith("2 problems in 1 of 1 case study.\n")
    assert new_files(project) == ["a-second-room.md"]


def test_a_draft_never_overwrites(project):
    before = project.read("case_studies/reading-room.md")
    done = begin(project, draft_of(project, "reading-room.md") | {"slug": "reading-room"})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: case_studies/reading-room.md exists already; nothing was changed.\n"
    assert project.read("case_studies/reading-room.md") == before


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("", "it is not JSON: line 1, column 1 can't be read"),
        ('{"version": 1,\n "front"', "it is not JSON: line 2, column 9 can't be read"),
        ("[" * 100_000, "nested more than 6 deep"),
        (f'{{"version": {"1" * 10_000}}}', "it holds a number that is too long"),
        ('"' + "x" * 300_000 + '"', "larger than 256 kB"),
        ("[]", 'it is not a draft: it needs "version": 1, "front" and "body"'),
        ({"version": 2, "front": {}, "body": {}}, 'it is not a draft: it needs "version": 1, "front" and "body"'),
        ('{"version": 1, "version": 1}', '"version" is given twice'),
        ({"version": 1, "front": [], "body": {}}, '"front" must be a group of fields'),
        ({"version": 1, "front": {"period": {"from": 2011}}, "body": {}}, "front.period.from: must be text in quotation marks, not 2011"),
        ('{"version": 1, "front": {"title": NaN}, "body": {}}', "front.title: must be text in quotation marks, not NaN"),
        ({"version": 1, "front": {"councils": [None]}, "body": {}}, "front.councils[0]: must be text in quotation marks, not null"),
        ({"version": 1, "front": {"title": "\ud83c"}, "body": {}}, "front.title: holds half a character"),
        ({"version": 1, "front": {"k" * 81: ""}, "body": {}}, f'front: "{"k" * 59}…" is too long for the name of a field'),
        ({"version": 1, "front": {"a": [[[[[[[]]]]]]]}, "body": {}}, "front.a: nested more than 6 deep"),
        ({"version": 1, "front": {}, "body": {"The end": ""}}, 'body: "The end" is not one of the five headings, each with its text'),
        ({"version": 1, "front": {}, "body": {"The problem": []}}, 'body: "The problem" is not one of the five headings, each with its text'),
        ({"version": 1, "slug": "../../x", "front": {}, "body": {}}, 'slug: "../../x" is not lower-case words and hyphens'),
        ({"version": 1, "slug": ["x"], "front": {}, "body": {}}, "slug: \"['x']\" is not lower-case words and hyphens"),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_said_plainly_and_nothing_is_written(project, draft, words):
    done = begin(project, draft)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: draft.json: {words}. Nothing was written.\n"
    assert new_files(project) == []


def test_a_draft_that_is_not_utf_8_is_said_plainly(project):
    (project.root / "draft.json").write_bytes(b'{"version": 1, "slug": "\xe9"}')
    done = project.run("new", "--from", "draft.json")
    assert done.stderr == "Error: draft.json: it is not UTF-8 text. Nothing was written.\n"


@pytest.mark.parametrize("slug", ["schema", "con"])
def test_a_draft_may_not_take_a_reserved_name(project, slug):
    done = begin(project, draft_of(project, "reading-room.md") | {"slug": slug})
    assert done.returncode == 1
    assert done.stderr == f'Error: the name "{slug}" is reserved. Choose another name.\n'


# At a terminal


AT_THE_TERMINAL = """import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background are told to ignore Ctrl-C
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches it
os.execv(sys.executable, [sys.executable, "-m", "casebook", "new"])"""


PATIENCE = 120
"""Seconds after which a test gives up."""
READS_INPUT = re.compile("(0|63) 0x0 ")
"""How Linux tells that a program waits in read(0, ...), on the processors of Intel and of ARM."""


class Terminal:
    """Somebody at a real pseudo-terminal, who waits for each prompt before typing."""

    def __init__(self, project):
        self.screen, other_end = pty.openpty()
        paths = {"PYTHONPATH": str(REAL / "hooks"), "SOURCE_DATE_EPOCH": EPOCH, "TERM": "dumb"}
        self.program = subprocess.Popen(
            [sys.executable, "-c", AT_THE_TERMINAL],
            stdin=other_end,
            stdout=other_end,
            stderr=other_end,
            cwd=project.root,
            env=os.environ | paths,
        )
        os.close(other_end)
        self.said = ""
        self.read_up_to = 0

    def waits_for(self, words):
        """Wait until the words appear after what was read so far; return all that was said until then."""
        while words not in self.said[self.read_up_to :]:
            self.hears()
        start, self.read_up_to = self.read_up_to, self.said.index(words, self.read_up_to) + len(words)
        return self.said[start : self.read_up_to]

    def hears(self):
        """Wait for more to be said, and return it."""
        assert select.select([self.screen], [], [], PATIENCE)[0], f"nothing more was said after {self.said}"
        piece = os.read(self.screen, 65536).decode().replace("\r\n", "\n")
        self.said += piece
        return piece

    def types(self, prompt, *lines):
        """At the prompt, type the first line; at the same prompt again, the next. Return what came before."""
        for line in lines:
            before = self.waits_for(f"{prompt}: ")
            os.write(self.screen, f"{line}\n".encode())
        return before

    def presses(self, prompt, key):
        """At the prompt, press a key of control, once the program reads its input: Python misses it before."""
        self.waits_for(f"{prompt}: ")
        deadline = time.monotonic() + PATIENCE
        while not READS_INPUT.match(Path(f"/proc/{self.program.pid}/syscall").read_text()):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)
        os.write(self.screen, key)

    def ends(self):
        """Return the last words, and the exit code."""
        with contextlib.suppress(OSError):  # Linux says so when the other end is closed
            while self.hears():
                pass
        os.close(self.screen)
        return self.said[self.read_up_to :], self.program.wait()


def answer_up_to_the_questions(terminal):
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    terminal.types("Councils", "exampleton", "")
    terminal.types("Themes", "libraries", "")
    terminal.types("From", "2022")
    terminal.types("To", "")
    terminal.types("Status", "running")


def test_somebody_who_makes_slips_ends_with_a_file_that_only_wants_its_story(project):
    terminal = Terminal(project)
    terminal.types("Title", "!!!")
    assert "Error: The title needs at least one letter or digit\n" in terminal.types("Title", "Reading room")
    said = terminal.types("Title", "Readers count themselves")
    assert "Error: case_studies/reading-room.md exists already; nothing was changed\n" in said
    terminal.types("Summary", "Too short")
    said = terminal.types("Summary", SUMMARY)
    assert "Error: too short: 9 characters, at least 60\n" in said
    terminal.types("Councils", "")
    said = terminal.types("Councils", "Exampelton")
    assert "Error: is empty\n" in said
    said = terminal.types("Its number, or another name (Enter for none)", "1")
    assert (
        'Error: "Exampelton" is not one of the councils in the register.\n'
        '  Did you mean "exampleton"? All of them are in schema/councils.yml.\n'
        "  1  Exampleton City Council (exampleton)\n"
    ) in said
    said = terminal.types("Councils", "exam")
    assert "  Exampleton City Council (exampleton)\n" in said
    said = terminal.types("Councils", "")
    assert 'Error: "exampleton" is given twice\n  Keep one of the two.\n' in said
    terminal.types("Themes", "Librar", "")
    terminal.types("From", "2022-13")
    assert 'Error: "2022-13" is not a real date\n' in terminal.types("From", "2022")
    terminal.types("To", "2021")
    assert 'Error: "2021" is before it began ("2022")\n' in terminal.types("To", "")
    terminal.types("Status", "runing")
    said = terminal.types("Status", "running")
    assert (
        'Error: "runing" is not one of the statuses.\n'
        '  Did you mean "running"? They are: running, ended, changed, unknown.\n'
    ) in said
    for _ in range(10):
        terminal.types("Answer", "")
    said = terminal.types("Answer", ANSWER)
    assert "Error: is empty\n" in said
    terminal.types("Sources of the answer", "")
    said = terminal.types("Sources of the answer", "Minutes", "minutes, report")
    assert 'Error: "Minutes" must be lower-case words and hyphens, beginning with a letter\n' in said
    for _ in range(9):
        terminal.types("Answer", "")
    terminal.types("What came of it", "12 of 90 readers answered")
    terminal.types("Result", "mixed")
    terminal.types("Evidence", "self-reported")
    terminal.types("Sources of the outcome", "minutes")
    for address in ("https://example.org/minutes", ""):
        terminal.types("Title of the source", "A document")
        terminal.types("Publisher", "Exampleton City Council")
        terminal.types("Kind of source", "council")
        terminal.types("Address", address)
        terminal.types("Published", "2022-05")
        terminal.types("Accessed [2026-11-24]", "")
    said, code = terminal.ends()
    assert code == 0
    assert "Wrote case_studies/readers-count-themselves.md. What `casebook check` says of it:\n" in said
    found = examine(project.root, TODAY).only({"case_studies/readers-count-themselves.md"})
    assert [problem.message for problem in found.problems] == [
        'nothing stands under "The problem"',
        'nothing stands under "What was done"',
        'nothing stands under "What happened"',
        'nothing stands under "What went wrong"',
        'nothing stands under "What others can learn"',
    ]
    source = {"title": "A document", "publisher": "Exampleton City Council", "kind": "council"}
    dates = {"published": "2022-05", "accessed": "2026-11-24"}
    assert found.documents[0].data == {
        "title": "Readers count themselves",
        "summary": SUMMARY,
        "councils": ["exampleton"],
        "themes": ["libraries"],
        "period": {"from": "2022"},
        "status": "running",
        "questions": {"capacity": {"answer": ANSWER, "sources": ["minutes", "report"]}},
        "outcomes": [
            {
                "what": "12 of 90 readers answered",
                "result": "mixed",
                "evidence": "self-reported",
                "sources": ["minutes"],
            }
        ],
        "sources": {
            "minutes": source | {"url": "https://example.org/minutes"} | dates,
            "report": source | dates,
        },
        "checked": "2026-11-24",
    }
    assert "# What happened, in at most 90 characters of plain text.\n" in project.read(
        "case_studies/readers-count-themselves.md"
    )


@pytest.mark.parametrize("key", [b"\x04", b"\x03"], ids=["ctrl-d", "ctrl-c"])
def test_stopping_in_the_middle_leaves_nothing(project, key):
    terminal = Terminal(project)
    answer_up_to_the_questions(terminal)
    terminal.types("Answer", ANSWER)
    terminal.presses("Sources of the answer", key)
    said, code = terminal.ends()
    assert said.endswith("\nStopped. Nothing was written, and nothing was kept.\n")
    assert code == 1
    assert new_files(project) == []


def test_part_of_an_old_name_offers_what_it_may_mean(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    terminal.types("Councils", "west")
    said = terminal.types("Councils", "")
    terminal.presses("Themes", b"\x04")
    terminal.ends()
    assert "Westover Borough Council (westover, abolished 2021)\n" in said


def test_without_a_terminal_a_title_is_wanted(project):
    done = project.run("new")
    assert done.returncode == 2
    assert done.stderr.endswith("Error: Missing argument 'TITLE'.\n")


def test_whatever_is_written_in_a_body_stays_below_the_front_matter():
    text = writing.file_text({"title": "A"}, {"The problem": "---\ntitle: B\n---"})
    document, problems = documents.parse("case_studies/x.md", "x", text)
    assert (document.data, problems) == ({"title": "A"}, [])

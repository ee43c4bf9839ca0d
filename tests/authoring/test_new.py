"""How `casebook new` begins a case study: with options, with a draft, and at a real terminal."""

import contextlib
import json
import os
import pty
import re
import select
import signal
import site
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from casebook.content import document as documents
from casebook.content import writer
from casebook.validation.loading import examine
from projects import EPOCH, REAL, TODAY, run

SUMMARY = "A made-up council asks who reads in its reading room, and 12 of 90 readers say that they do."
ANSWER = "Readers had three weeks and no help, and most of them did not answer."


def new_files(project):
    names = {path.name for path in (project.root / "case_studies").iterdir()}
    return sorted(names - {"joint-youth-vote.md", "reading-room.md", "westover-trees.md"})


def front_of(project, name):
    document, _ = documents.read_document(project.root, project.root / "case_studies" / name)
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
        "added": "2026-11-24",
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
    done = project.call("new", *arguments)
    assert done.returncode == 2
    assert done.stderr.endswith(words)
    assert new_files(project) == []


def test_a_reserved_name_is_refused(project):
    done = project.call("new", "Themes")
    assert (done.returncode, done.stderr) == (
        1,
        'Error: the name "themes" is reserved. Choose another name.\n',
    )
    assert new_files(project) == []


# With a draft


def draft_of(project, name):
    """A draft such as the form would export of a case study that is there already."""
    document, problems = documents.read_document(project.root, project.root / "case_studies" / name)
    assert problems == []
    sections = document.body.split("\n## ")[1:]
    body = dict(section.split("\n", 1) for section in sections)
    return {"version": 1, "slug": "a-second-room", "front": dict(document.data), "body": body}


def begin(project, draft):
    project.write("draft.json", draft if isinstance(draft, str) else json.dumps(draft))
    return project.call("new", "--from", "draft.json")


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


def test_what_a_draft_has_parked_is_shown_and_not_lost(project):
    draft = draft_of(project, "reading-room.md") | {"slug": "a-second-room"}
    draft["front"]["title"] = "A second room"
    draft["parked"] = [
        {"field": "questions.gone.answer", "text": "An answer\nof two lines \x1b[2J"},
        {"field": "status", "text": "no-such-status"},
    ]
    done = begin(project, draft)
    assert done.returncode == 0
    assert done.stdout.startswith(
        """These parts of the draft have no place in a case study any more, and are not in case_studies/a-second-room.md:
  questions.gone.answer:
      An answer
      of two lines <U+001B>[2J
  status:
      no-such-status
Wrote case_studies/a-second-room.md."""
    )
    assert "parked" not in project.read("case_studies/a-second-room.md")


STORY = """Neighbours run the ferry

A note to myself.

1. The problem
The ferry was to stop.

**What was done:**
Neighbours took the oars.

## What happened
It goes twice a day.
## WHAT WENT WRONG
It rained.

What others can learn
Take a coat.

Sources
1. Ferry minutes, https://example.org/ferry.
"""


def test_a_text_becomes_a_file_and_what_found_no_place_is_shown(project, tmp_path):
    file = tmp_path / "story.md"
    file.write_text(STORY, encoding="utf-8")
    done = project.call("new", "--from", str(file))
    assert new_files(project) == ["neighbours-run-the-ferry.md"]
    text = project.read("case_studies/neighbours-run-the-ferry.md")
    sections = [
        "The ferry was to stop.",
        "Neighbours took the oars.",
        "It goes twice a day.",
        "It rained.",
        "Take a coat.",
    ]
    assert [part.split("\n\n")[1].strip() for part in text.split("## ")[1:]] == sections
    assert 'title: "Neighbours run the ferry"' in text
    assert "  text:\n      A note to myself.\n" in done.stdout
    assert "  Sources:\n      1. Ferry minutes, https://example.org/ferry.\n" in done.stdout
    assert "neighbours-run-the-ferry.md:1: councils: missing" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_a_case_study_from_another_folder_is_taken_over(project, tmp_path):
    file = tmp_path / "story.md"
    text = project.read("case_studies/reading-room.md")
    file.write_text(text.replace("Readers run the Exampleton reading room", "Another room"), encoding="utf-8")
    done = project.call("new", "--from", str(file))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "No problems in 1 case study.")
    file.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    done = project.call("new", "--from", str(file))
    assert (done.returncode, new_files(project)) == (1, ["another-room.md"])
    assert done.stderr.startswith("Error: story.md: line ")


def test_options_understand_names_and_numbers(project):
    done = project.call(
        "new", "A second room", "--council", "Exampleton CC", "--question", "q6", "--theme", "Libraries"
    )
    assert (done.returncode, done.stderr) == (0, "")
    text = project.read("case_studies/a-second-room.md")
    assert ('councils: ["exampleton"]' in text, "\n  risk:\n" in text, 'themes: ["libraries"]' in text) == (
        True,
    ) * 3


def test_at_the_terminal_dates_are_understood_and_shown_as_they_are_kept(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    terminal.types("Councils", "exampleton", "")
    terminal.types("Themes", "libraries", "")
    terminal.types("From", "2011/12")
    said = terminal.types("From", "12th March 2019")
    assert '"2011/12" may be 2011 or 2012. Type which.' in said
    assert '"12th March 2019" is kept as 2019-03: March 2019.' in terminal.waits_for("Status: ")
    terminal.is_closed()


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
        (
            {"version": 1, "front": {}, "body": {}, "parked": ["a"]},
            '"parked" must be a list of parts, each with its "field" and its "text"',
        ),
        ({"version": 1, "front": {}, "body": {}, "parked": [{"field": 1}]}, 'parked[0].field: must be text in quotation marks, not 1'),
        ({"version": 2, "front": {}, "body": {}}, 'it is not a draft: it needs "version": 1, "front" and "body"'),
        ('{"version": 1, "version": 1}', 'the field "version" is given twice'),
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
    done = project.call("new", "--from", "draft.json")
    assert done.stderr == "Error: draft.json: it is not UTF-8 text. Nothing was written.\n"


@pytest.mark.parametrize("slug", ["schema", "con"])
def test_a_draft_may_not_take_a_reserved_name(project, slug):
    done = begin(project, draft_of(project, "reading-room.md") | {"slug": slug})
    assert done.returncode == 1
    assert done.stderr == f'Error: the name "{slug}" is reserved. Choose another name.\n'


# At a terminal


AT_THE_TERMINAL = """import fcntl, os, resource, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background are told to ignore Ctrl-C
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches it
if int(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execv(sys.executable, [sys.executable, "-S", "-m", "casebook", *sys.argv[2:]])"""


KEPT = ".casebook-new.json"
PATIENCE = 120
"""Seconds after which a test gives up."""
READS_INPUT = re.compile("(232|281|22) 0x|(0|63) 0x0 ")
"""How Linux tells that a program waits in epoll_wait, epoll_pwait or read(0, ...), on the processors of Intel and of ARM."""
CLEAR = "\x15"
"""Ctrl-U, which takes away what stands on the line."""


class Terminal:
    """Somebody at a real pseudo-terminal, who waits for each prompt before typing.

    `room` is how many bytes any file may have, as on a disk that is nearly full.
    """

    def __init__(self, project, term="dumb", room=0, command=("new",), **variables):
        self.screen, other_end = pty.openpty()
        termios.tcsetwinsize(other_end, (24, 400))  # a longer line would be shown on several
        # Where the locale can't write the name of a folder that leads here, Python 3.12 and older can't read how this
        # package is installed, and don't begin: so -S, and all is named.
        found = os.pathsep.join([str(REAL / "hooks"), *site.getsitepackages()])
        paths = {"PYTHONPATH": found, "SOURCE_DATE_EPOCH": EPOCH, "TERM": term, "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.program = subprocess.Popen(
            [sys.executable, "-S", "-c", AT_THE_TERMINAL, str(room), *command],
            stdin=other_end,
            stdout=other_end,
            stderr=other_end,
            cwd=project.root,
            env=os.environ | paths | variables,
        )
        os.close(other_end)
        self.kept = project.root / KEPT
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
        piece = os.read(self.screen, 65536).decode(errors="replace").replace("\r", "")
        self.said += piece
        return piece

    def types(self, prompt, *lines):
        """At the prompt, type the first line; at the same prompt again, the next. Return what came before."""
        for line in lines:
            before = self.waits_for(f"{prompt}:")  # on a screen, no space is written but jumped over
            self.presses(f"{CLEAR}{line}\n")
        return before

    def presses(self, keys):
        """Press keys as soon as the program waits for some: before, they are the terminal's own to show."""
        self.reads()
        os.write(self.screen, keys.encode(errors="surrogateescape"))

    def reads(self):
        """Wait until the program reads its input: before, Python misses a signal."""
        deadline = time.monotonic() + PATIENCE
        while not READS_INPUT.match(Path(f"/proc/{self.program.pid}/syscall").read_text()):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)

    def is_woken(self, times):
        """Wait until something has woken the program as often."""
        deadline = time.monotonic() + PATIENCE
        before = self.sleeps()
        while self.sleeps() < before + times:
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)

    def sleeps(self):
        """Return how often the program has waited for something."""
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return int(re.search(r"^voluntary_ctxt_switches:\t(\d+)$", status, re.MULTILINE)[1])

    def keeps(self, name, lines):
        """Wait until these are what is kept; None stands for no file."""
        deadline = time.monotonic() + PATIENCE
        while (kept := json.loads(self.kept.read_text())[name] if self.kept.exists() else None) != lines:
            assert time.monotonic() < deadline, kept
            time.sleep(0.01)

    def is_closed(self):
        """Close the terminal's window, and return the exit code."""
        os.close(self.screen)
        return self.program.wait()

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
    terminal.types("Status", "running")
    terminal.types("Told until", "2024")


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
    assert "Error: empty\n" in said
    said = terminal.types("Its number, or another name (Enter for none)", "1")
    assert (
        'Error: "Exampelton" is not one of the councils in the register.\n'
        '  Did you mean "exampleton"? All of them are in schema/councils.yml.\n'
        "  1  Exampleton City Council (exampleton)\n"
    ) in said
    said = terminal.types("Councils", "exam")
    assert "  Exampleton City Council (exampleton)\n" in said
    said = terminal.types("Councils", "")
    assert 'Error: "exampleton" is given twice\n  Take one of them out.\n' in said
    terminal.types("Themes", "Librar", "")
    terminal.types("From", "2022-13")
    assert 'Error: "2022-13" is not a real date\n' in terminal.types("From", "2022")
    terminal.types("Status", "runing")
    said = terminal.types("Status", "running")
    assert (
        'Error: "runing" is not one of the statuses.\n'
        '  Did you mean "running"? They are: running, ended, changed, taken-back, replaced, unknown.\n'
    ) in said
    terminal.types("Told until", "2021")
    assert 'Error: "2021" is before "2022" (period.from)\n' in terminal.types("Told until", "2024-03")
    for _ in range(10):
        terminal.types("Answer", "")
    said = terminal.types("Answer", ANSWER)
    assert "Error: empty\n" in said
    terminal.types("Sources of the answer", "")
    said = terminal.types("Sources of the answer", "Minutes", "minutes, report")
    assert 'Error: "Minutes" must be lower-case words and hyphens, beginning with a letter\n' in said
    for _ in range(9):
        terminal.types("Answer", "")
    terminal.types("What changed", "12 of 90 readers answered")
    terminal.types("Result", "mixed")
    terminal.types("Evidence", "self-reported")
    terminal.types("Sources of the outcome", "minutes")
    for address, published in (("https://example.org/minutes", "2022-05"), ("", "")):
        terminal.types("Title of the source", "A document")
        terminal.types("Publisher", "Exampleton City Council")
        terminal.types("Kind of source", "council")
        terminal.types("Address", address)
        terminal.types("Published", published)
        terminal.types("Accessed [2026-11-24]", "")
    said, code = terminal.ends()
    assert code == 0
    assert "Wrote case_studies/readers-count-themselves.md. What `casebook check` says of it:\n" in said
    found = examine(project.root, TODAY).only({"case_studies/readers-count-themselves.md"})
    assert [problem.message for problem in found.problems] == [
        'there is no text under "The problem"',
        'there is no text under "What was done"',
        'there is no text under "What happened"',
        'there is no text under "What went wrong"',
        'there is no text under "What others can learn"',
    ]
    source = {"title": "A document", "publisher": "Exampleton City Council", "kind": "council"}
    assert found.documents[0].data == {
        "title": "Readers count themselves",
        "summary": SUMMARY,
        "councils": ["exampleton"],
        "themes": ["libraries"],
        "period": {"from": "2022"},
        "told_until": "2024-03",
        "status": "running",
        "questions": {"capacity": {"answer": ANSWER, "sources": ["minutes", "report"]}},
        "outcomes": [
            {
                "id": "12-90-readers-answered",
                "what": "12 of 90 readers answered",
                "result": "mixed",
                "evidence": "self-reported",
                "sources": ["minutes"],
            }
        ],
        "sources": {
            "minutes": source
            | {"url": "https://example.org/minutes", "published": "2022-05", "accessed": "2026-11-24"},
            "report": source | {"undated": "true", "accessed": "2026-11-24"},
        },
        "added": "2026-11-24",
        "checked": "2026-11-24",
    }
    assert "# What happened, in at most 90 characters of plain text.\n" in project.read(
        "case_studies/readers-count-themselves.md"
    )


STOPPED = (
    f"Stopped. No file was written. Your answers are kept in {KEPT}: `casebook new` goes on with them.\n"
)


def goes_on(terminal, count):
    terminal.waits_for(f"You answered {count} questions on 24 November 2026. Go on with them? [Y/n]: ")
    terminal.presses("\n")


def is_told_to_end(terminal):
    terminal.program.terminate()
    said, code = terminal.ends()
    assert (said.endswith(STOPPED), code) == (True, 143)


def presses_ctrl_c(terminal):
    terminal.presses("\x03")
    said, code = terminal.ends()
    assert (said.endswith(STOPPED), code) == (True, 1)


@pytest.mark.parametrize("end", [presses_ctrl_c, is_told_to_end])
def test_whatever_ends_the_interview_it_goes_on_within_the_word(project, end):
    terminal = Terminal(project)
    answer_up_to_the_questions(terminal)
    terminal.waits_for("Answer: ")
    terminal.presses("Readers had three weeks")
    terminal.waits_for("three weeks")
    terminal.reads()
    end(terminal)
    assert new_files(project) == []

    terminal = Terminal(project)
    goes_on(terminal, 9)
    said = terminal.waits_for("Answer: Readers had three weeks")
    assert "What capacity and support do communities need" in said, "the question is said again"
    assert "Summary" not in said, "the questions that are answered are not"
    terminal.presses(" and no help, so most of them did not answer.\n")
    terminal.types("Sources of the answer", "minutes")
    terminal.waits_for("Answer: ")
    terminal.reads()
    presses_ctrl_c(terminal)
    kept = json.loads(project.read(KEPT))
    assert (len(kept["given"]), kept["ahead"]) == (11, [])
    assert kept["given"][-2:] == [
        ["questions.capacity.answer", "Readers had three weeks and no help, so most of them did not answer."],
        ["questions.capacity.sources", "minutes"],
    ]


def test_ctrl_d_a_crash_and_a_closed_terminal_keep_every_answer(project):
    terminal = Terminal(project)
    answer_up_to_the_questions(terminal)
    terminal.waits_for("Answer: ")
    terminal.presses("\x04")
    said, code = terminal.ends()
    assert (said.endswith(STOPPED), code) == (True, 1)
    terminal = Terminal(project)
    goes_on(terminal, 9)
    terminal.types("Answer", ANSWER)
    terminal.waits_for("Sources of the answer: ")
    terminal.program.kill()
    terminal.ends()
    terminal = Terminal(project)
    goes_on(terminal, 10)
    terminal.types("Sources of the answer", "minutes")
    terminal.waits_for("Answer: ")
    terminal.is_closed()
    terminal = Terminal(project)
    goes_on(terminal, 11)
    terminal.waits_for("Answer: ")
    terminal.reads()
    presses_ctrl_c(terminal)


def closes_the_window(terminal):
    terminal.is_closed()


def is_killed(terminal):
    terminal.program.kill()
    terminal.ends()


@pytest.mark.parametrize("end", [closes_the_window, is_killed])
def test_a_line_that_is_half_typed_is_offered_again(project, end):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.waits_for("Summary: ")
    terminal.presses("Half a linee\x7f")
    terminal.keeps("ahead", [["summary", "Half a line"]])
    end(terminal)

    terminal = Terminal(project)
    terminal.waits_for("Go on with it? [Y/n]: ")
    terminal.presses("\n")
    terminal.waits_for("Summary: Half a line")
    end(terminal)


def test_what_comes_after_a_slow_paste_is_kept_too(project):
    terminal = Terminal(project, term="xterm")
    terminal.waits_for("Title:")
    terminal.presses("\x1b[200~Readers ")
    terminal.is_woken(times=2)
    terminal.presses("count\x1b[201~ themselves")
    terminal.keeps("ahead", [["title", "Readers count themselves"]])
    closes_the_window(terminal)


def test_a_line_that_was_cleared_is_not_kept(project):
    terminal = Terminal(project)
    terminal.waits_for("Title: ")
    terminal.presses("Readers")
    terminal.keeps("ahead", [["title", "Readers"]])
    terminal.presses(CLEAR)
    terminal.keeps("ahead", None)
    closes_the_window(terminal)
    assert not (project.root / KEPT).exists()


def test_what_was_refused_is_kept_too(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", "Too short, but pasted from somewhere")
    terminal.waits_for("Error: ")
    terminal.program.kill()
    terminal.ends()
    terminal = Terminal(project)
    terminal.waits_for("Go on with it? [Y/n]: ")
    terminal.presses("\n")
    terminal.waits_for("Summary: Too short, but pasted from somewhere")
    terminal.program.kill()
    terminal.ends()


def test_who_has_answered_nothing_leaves_nothing(project):
    terminal = Terminal(project)
    terminal.waits_for("Title: ")
    terminal.reads()
    terminal.presses("\x03")
    said, code = terminal.ends()
    assert (said[-30:], code) == ("Stopped. No file was written.\n", 1)
    assert not (project.root / KEPT).exists()


def test_after_ctrl_z_the_line_is_shown_again_and_edited_as_before(project):
    terminal = Terminal(project, term="xterm")
    terminal.waits_for("Title:")
    terminal.presses("eaders count")
    terminal.waits_for("eaders count")
    terminal.presses("\x1a")
    terminal.waits_for("Title: eaders count")
    terminal.presses("\x01R\x05 themselves\n")
    terminal.waits_for("Summary:")
    terminal.is_closed()
    assert "^A" not in terminal.said
    assert json.loads(project.read(KEPT))["given"] == [["title", "Readers count themselves"]]


@pytest.mark.parametrize(("end", "code"), [("SIGINT", 1), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_several_signals_at_once_end_it_as_one_does(project, end, code):
    terminal = Terminal(project)
    terminal.waits_for("Title: ")
    terminal.presses("Half a line")
    terminal.waits_for("Half a line")
    terminal.reads()
    for name in ("SIGSTOP", end, "SIGCONT"):
        terminal.program.send_signal(getattr(signal, name))
    assert terminal.ends() == (f"\n\n{STOPPED}", code)
    assert json.loads(project.read(KEPT))["ahead"] == [["title", "Half a line"]]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_whatever_the_locale_letters_are_those_that_were_typed(project, locale):
    settings = {"LC_ALL": locale, "INPUTRC": os.devnull}
    terminal = Terminal(project, **settings)
    terminal.waits_for("Title: ")
    terminal.presses("Café – no")
    terminal.keeps("ahead", [["title", "Café – no"]])
    terminal.reads()
    presses_ctrl_c(terminal)
    assert json.loads(project.read(KEPT))["ahead"] == [["title", "Café – no"]]
    terminal = Terminal(project, **settings)
    terminal.waits_for("Go on with it? [Y/n]: ")
    terminal.presses("\n")
    terminal.waits_for("Title: Caf")
    terminal.presses(" bon\n")
    terminal.waits_for("Summary: ")
    terminal.is_closed()
    assert json.loads(project.read(KEPT))["given"] == [["title", "Café – no bon"]]


def test_bytes_that_are_no_text_are_said_to_be_so_and_cost_nothing_else(project):
    terminal = Terminal(project, PYTHONIOENCODING="utf-8")
    terminal.types("Title", "Readers in the caf\udcff\udcfe")
    terminal.waits_for("Error: U+FFFD (replacement character) ")
    terminal.waits_for("Title: Readers in the caf")
    terminal.presses("\x7f\x7fé\n")
    terminal.waits_for("Summary: ")
    terminal.is_closed()
    assert json.loads(project.read(KEPT))["given"] == [["title", "Readers in the café"]]


def test_a_line_is_edited_with_the_arrow_keys(project):
    terminal = Terminal(project, term="xterm")
    terminal.waits_for("Title:")
    left, home, end = "\x1b[D", "\x1b[H", "\x1b[F"
    terminal.presses(f"eader count themselve{left * 16}s{home}R{end}s\n")
    terminal.waits_for("Summary:")
    terminal.is_closed()
    assert json.loads(project.read(KEPT))["given"] == [["title", "Readers count themselves"]]


@pytest.mark.parametrize(
    ("term", "pasted"),
    [("xterm", "\x1b[200~{}\x1b[201~\n"), ("xterm", "{}\n"), ("dumb", "{}\n")],
    ids=["bracketed", "not bracketed", "dumb"],
)
def test_pasted_lines_are_one_answer(project, term, pasted):
    terminal = Terminal(project, term)
    terminal.types("Title", "Readers count themselves")
    terminal.waits_for("Summary:")
    words = SUMMARY.split()
    terminal.presses(pasted.format("\n".join([" ".join(words[:6]), "", *words[6:]])))
    terminal.waits_for("Councils:")
    terminal.is_closed()
    assert json.loads(project.read(KEPT))["given"][1] == ["summary", SUMMARY]


def test_somebody_goes_back_changes_an_answer_and_walks_on_with_the_others(project):
    terminal = Terminal(project)
    assert "To go back to the question before, end a line with < and press Enter." in terminal.waits_for(
        "Title: "
    )
    terminal.presses("Readers count\n")
    terminal.waits_for("Summary: ")
    terminal.presses(f"{SUMMARY}\n")
    terminal.types("Councils", "exampleton", "")
    terminal.waits_for("Themes: ")
    terminal.presses("librar<")
    terminal.keeps("ahead", [["themes", "librar<"]])
    terminal.presses("\n")
    assert "\n  Exampleton City Council (exampleton)\n" in terminal.waits_for("Councils: "), (
        "those that stand"
    )
    terminal.presses("<")
    terminal.keeps("ahead", [["councils", "<"], ["themes", "librar"]])
    terminal.presses("\n")
    terminal.waits_for("Councils: exampleton")
    terminal.presses("<\n")
    terminal.waits_for(f"Summary: {SUMMARY[:20]}")
    terminal.presses("<\n")
    terminal.waits_for("Title: Readers count")
    terminal.presses(" themselves<\n")
    terminal.waits_for("This is the first question.\nTitle: Readers count themselves")
    terminal.presses("\n")
    terminal.waits_for("Summary: ")
    terminal.presses("\n")
    terminal.waits_for("Councils: exampleton")
    terminal.presses("\n")
    terminal.waits_for("Councils: ")
    terminal.presses("\n")
    terminal.waits_for("Themes: librar")
    terminal.reads()
    presses_ctrl_c(terminal)
    kept = json.loads(project.read(KEPT))
    assert [typed for _, typed in kept["given"]] == ["Readers count themselves", SUMMARY, "exampleton", ""]
    assert kept["ahead"] == [["themes", "librar"]]


def test_what_is_refused_stands_there_to_be_mended(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", "Readers say")
    terminal.waits_for("Error: too short: 11 characters, at least 60\n")
    terminal.waits_for("Summary: Readers say")
    terminal.reads()
    is_told_to_end(terminal)
    assert json.loads(project.read(KEPT))["ahead"] == [["summary", "Readers say"]]


def test_answers_that_the_rules_refuse_by_now_are_asked_for_again(project):
    terminal = Terminal(project)
    answer_up_to_the_questions(terminal)
    terminal.waits_for("Answer: ")
    terminal.is_closed()
    project.write("case_studies/readers-count-themselves.md", project.read("case_studies/reading-room.md"))
    terminal = Terminal(project)
    goes_on(terminal, 9)
    terminal.waits_for("Title: Readers count themselves")
    terminal.presses(" twice\n")
    terminal.waits_for(f"Summary: {SUMMARY[:20]}")
    terminal.is_closed()


def test_who_begins_anew_keeps_the_old_answers_too(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    terminal.waits_for("Councils: ")
    terminal.is_closed()
    before = project.read(KEPT)
    terminal = Terminal(project)
    terminal.waits_for("Go on with them? [Y/n]: ")
    terminal.presses("n\n")
    terminal.waits_for("What was kept before stays in .casebook-new.1.json.\n")
    terminal.types("Title", "Something else")
    terminal.waits_for("Summary: ")
    terminal.is_closed()
    assert project.read(".casebook-new.1.json") == before
    assert json.loads(project.read(KEPT))["given"] == [["title", "Something else"]]


ONE = {"day": "2026-11-24", "given": [["title", "Readers count themselves"]], "ahead": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Minutes of a meeting",
        "[" * 100_000,
        json.dumps(ONE | {"day": "last week"}),
        json.dumps(ONE | {"day": None}),
        json.dumps(ONE | {"given": [["title", "Half a \ud83c"]]}),
        json.dumps(ONE | {"given": [["title"]]}),
        json.dumps(ONE | {"given": [["title", 7]]}),
        json.dumps({"version": 0, "answers": {"title": "Readers count themselves"}}),
    ],
    ids=[
        "empty",
        "text",
        "deep",
        "no day",
        "null",
        "half a character",
        "no answer",
        "number",
        "another form",
    ],
)
def test_what_is_none_of_our_answers_is_set_aside(project, text):
    project.write(KEPT, text)
    terminal = Terminal(project)
    terminal.waits_for("What was kept before stays in .casebook-new.1.json.\n")
    terminal.types("Title", "Readers count themselves")
    terminal.waits_for("Summary: ")
    terminal.is_closed()
    assert project.read(".casebook-new.1.json") == text
    assert json.loads(project.read(KEPT)) == ONE


def test_a_pipe_in_the_answers_place_is_set_aside_and_not_waited_for(project):
    os.mkfifo(project.root / KEPT)
    terminal = Terminal(project)
    terminal.waits_for("What was kept before stays in .casebook-new.1.json.\n")
    terminal.is_closed()
    assert (project.root / ".casebook-new.1.json").is_fifo()


def test_what_a_killed_program_left_half_written_is_swept_away(project):
    for name in (".casebook-new.k3_x09ab", ".casebook-new.1.json"):
        project.write(name, "half")
    terminal = Terminal(project)
    terminal.waits_for("Title: ")
    terminal.is_closed()
    left = sorted(path.name for path in project.root.glob(".casebook-new.*"))
    assert left == [".casebook-new.1.json", ".casebook-new.lock"]


def test_a_folder_in_which_nothing_can_be_kept_is_said_at_once(project):
    (project.root / ".casebook-new.lock").mkdir()
    said, code = Terminal(project).ends()
    lock = project.root / ".casebook-new.lock"
    mend = "    A file is expected there: rename the folder.\n"
    assert (said, code) == (f"Error: Is a directory: {lock}\n{mend}", 1)


def test_a_second_terminal_does_not_write_over_the_first_ones_answers(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.waits_for("Summary: ")
    said, code = Terminal(project).ends()
    assert (
        said
        == "Error: Another `casebook new` is asking for answers in this folder. Finish or stop that one.\n"
    )
    assert code == 1
    terminal.is_closed()


def answer_from_the_questions(terminal):
    terminal.types("Answer", ANSWER)
    terminal.types("Sources of the answer", "minutes")
    for _ in range(9):
        terminal.types("Answer", "")
    terminal.types("What changed", "12 of 90 readers answered")
    terminal.types("Result", "mixed")
    terminal.types("Evidence", "self-reported")
    terminal.types("Sources of the outcome", "minutes")
    terminal.types("Title of the source", "A document")
    terminal.types("Publisher", "Exampleton City Council")
    terminal.types("Kind of source", "council")
    terminal.types("Address", "https://example.org/minutes")
    terminal.types("Published", "2022-05")
    terminal.types("Accessed [2026-11-24]", "")


def test_a_full_disk_costs_no_answer_and_leaves_no_half_a_file(project):
    terminal = Terminal(project, room=3000)
    answer_up_to_the_questions(terminal)
    answer_from_the_questions(terminal)
    said, code = terminal.ends()
    file = "case_studies/readers-count-themselves.md"
    assert said.endswith(f"{STOPPED}Error: {file} can't be written: File too large. Nothing of it was.\n")
    assert code == 1
    assert new_files(project) == []
    terminal = Terminal(project)
    goes_on(terminal, 30)
    said, code = terminal.ends()
    assert (f"Wrote {file}." in said, code) == (True, 0)
    assert new_files(project) == ["readers-count-themselves.md"]
    assert [path.name for path in project.root.glob(".casebook-new.*")] == [".casebook-new.lock"]


def test_answers_that_can_not_be_kept_are_said_to_be_so(project):
    terminal = Terminal(project, room=200)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    said = terminal.waits_for("Councils: ")
    assert f"Your answers can't be kept in {KEPT} just now: File too large." in said
    terminal.is_closed()
    assert json.loads(project.read(KEPT))["given"] == [["title", "Readers count themselves"]], (
        "what was kept stays"
    )


def test_git_passes_over_what_is_kept():
    done = subprocess.run(["git", "-C", REAL, "check-ignore", KEPT, ".casebook-new.x"], capture_output=True)
    assert done.stdout.decode().split() == [KEPT, ".casebook-new.x"]


FULL = """import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
sys.argv = ["casebook", "new", *sys.argv[1:]]
from casebook.__main__ import main
main(prog_name="casebook")"""


@pytest.mark.parametrize("arguments", [("A second room",), ("--from", "draft.json")])
def test_on_a_full_disk_no_half_a_file_is_left(project, arguments):
    project.write("draft.json", json.dumps(draft_of(project, "reading-room.md")))
    done = run("-c", FULL, *arguments, cwd=project.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == "Error: case_studies/a-second-room.md can't be written: File too large. Nothing of it was.\n"
    )
    assert new_files(project) == []
    assert list(project.root.glob(".casebook-new.*")) == []


def test_part_of_an_old_name_offers_what_it_may_mean(project):
    terminal = Terminal(project)
    terminal.types("Title", "Readers count themselves")
    terminal.types("Summary", SUMMARY)
    terminal.types("Councils", "west")
    said = terminal.types("Its number, or another name (Enter for none)", "2")
    terminal.types("Councils", "")
    terminal.waits_for("Themes: ")
    terminal.is_closed()
    assert "Westover Borough Council (westover, abolished 2021)\n" in said


def test_without_a_terminal_a_title_is_wanted(project):
    done = project.run("new")
    assert done.returncode == 2
    assert done.stderr.endswith("Error: Missing argument 'TITLE'.\n")


def test_whatever_is_written_in_a_body_stays_below_the_front_matter():
    text = writer.file_text({"title": "A"}, {"The problem": "---\ntitle: B\n---"})
    document, problems = documents.parse_document("case_studies/x.md", "x", text)
    assert (document.data, problems) == ({"title": "A"}, [])

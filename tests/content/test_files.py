"""What may lie in case_studies/, and in what bytes."""

import os
import shutil
import socket
import unicodedata
from itertools import cycle

import pytest

from casebook.content.characters import shown
from casebook.content.files import RESERVED
from casebook.validation.loading import examine
from casebook.validation.reports import report_as_text
from projects import CORPUS, TODAY, make_project

GOOD = "case_studies/reading-room.md"
NOT_ORDINARY = "not an ordinary file: links and devices are not followed"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("files"))


@pytest.fixture
def project(shared):
    """One project for all, whose case studies are laid anew for each."""
    shutil.rmtree(shared.root / "case_studies")
    shutil.copytree(CORPUS / "project/case_studies", shared.root / "case_studies")
    return shared


TITLE = "Readers run the Exampleton reading room"


def said(project):
    return report_as_text(examine(project.root, TODAY)).splitlines()


def write_bytes(project, raw):
    (project.root / GOOD).write_bytes(raw)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Reading.md", '"Reading.md" is not a name for a case study'),
        ("a b.md", '"a b.md" is not a name for a case study'),
        ("x.markdown", '"x.markdown" is not a name for a case study'),
        ("x.html", '"x.html" is not a name for a case study'),
        (".hidden.md", '".hidden.md" is not a name for a case study'),
        ("a (conflicted copy).md", '"a (conflicted copy).md" is not a name for a case study'),
        ("a.sync-conflict-20260101.md", '"a.sync-conflict-20260101.md" is not a name for a case study'),
        ("-rf.md", '"-rf.md" is not a name for a case study'),
        (f"{'a' * 78}.md", f'"{"a" * 59}…" is not a name for a case study'),
        ("index.md", 'the name "index" is reserved'),
        ("README.md", 'the name "README" is reserved'),
        ("con.md", 'the name "con" is reserved'),
        ("aux.md", 'the name "aux" is reserved'),
        ("LPT1.md", 'the name "LPT1" is reserved'),
        ("con.x.md", '"con.x.md" is not a name for a case study'),
        ("a:b.md", '"a:b.md" is not a name for a case study'),
        ("a\\b.md", '"a\\b.md" is not a name for a case study'),
        ("a\nb.md", '"a\\nb.md" is not a name for a case study'),
        ("a\x1b[31mb.md", '"a<U+001B>[31mb.md" is not a name for a case study'),
        ("$(touch x).md", '"$(touch x).md" is not a name for a case study'),
        ("a#b.md", '"a#b.md" is not a name for a case study'),
        ("a?b.md", '"a?b.md" is not a name for a case study'),
        ("<img src=x onerror=PWN()>.md", '"<img src=x onerror=PWN()>.md" is not a name for a case study'),
        ("\U0001f6b2.md", '"\U0001f6b2.md" is not a name for a case study'),
        (f"{'a' * 240}.md", f'"{"a" * 59}…" is not a name for a case study'),
        ("caf\u00e9.md", '"caf\u00e9.md" is not a name for a case study'),
        ("a.mdown", '"a.mdown" is not a name for a case study'),
        ("a.svg", '"a.svg" is not a name for a case study'),
        ("a.md.txt", '"a.md.txt" is not a name for a case study'),
        ("a", '"a" is not a name for a case study'),
        (".md", '".md" is not a name for a case study'),
        ("a-.md", '"a-.md" is not a name for a case study'),
        ("a.MD", '"a.MD" is not a name for a case study'),
    ],
)
def test_a_file_of_another_name_is_a_problem(project, name, message):
    project.write(f"case_studies/{name}", project.read(GOOD))
    assert f"{shown(f'case_studies/{name}', most=200)}:1: {message}" in said(project)


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "._reading-room.md", "Thumbs.db", "desktop.ini", "~$reading-room.md", ".~lock.reading-room.md#", "reading-room.md~", "#reading-room.md#", ".#reading-room.md", ".reading-room.md.swp", "reading-room.md.bak", "reading-room.md.orig", ".directory", "ehthumbs.db", "Icon\r", "reading-room.tmp", ".sync.ffs_db", "sync.ffs_lock", ".dropbox", ".dropbox.cache", ".stfolder", ".stignore", ".localized", ".owncloudsync.log", ".tmp.driveupload", "@eaDir", "#recycle", ".syncthing.reading-room.md.tmp", "reading-room.md.save", "reading-room.md.part", ".!42!reading-room.md", ".goutputstream-AB12CD", "reading-room.md___jb_tmp___", "~$reading-room.docx", ".849C9593-D756-4E56-8D6E-42412F2A707B", "System Volume Information", "lost+found", "Thumbs.db:encryptable"],
)  # fmt: skip
def test_what_systems_and_editors_leave_is_passed_over(project, name):
    project.write(f"case_studies/{name}", "x")
    assert said(project) == ["No problems in 3 case studies."]


def test_folders_of_systems_are_passed_over(project):
    project.write("case_studies/__MACOSX/._reading-room.md", "x")
    project.write("case_studies/.Spotlight-V100/x", "x")
    project.write("case_studies/@eaDir/reading-room.md@SynoEAStream", "x")
    project.write("case_studies/.stversions/reading-room~20260101.md", "x")
    assert said(project) == ["No problems in 3 case studies."]


def test_a_wrong_name_does_not_hide_what_is_wrong_in_the_file(project):
    text = project.read(GOOD).replace("status: ended", "status: over").replace(TITLE, "Another")
    project.write("case_studies/Eastmoor Trees.md", text)
    lines = [line for line in said(project) if not line.startswith(" ")]
    assert lines == [
        'case_studies/Eastmoor Trees.md:1: "Eastmoor Trees.md" is not a name for a case study',
        'case_studies/Eastmoor Trees.md:9: status: "over" is not one of the statuses.',
        "2 problems in 1 of 4 case studies.",
    ]


def test_a_name_in_other_bytes_is_a_problem(project):
    with open(os.fsencode(project.root / "case_studies") + b"/caf\xe9.md", "wb") as file:
        file.write(b"x")
    assert said(project)[0] == (
        'case_studies/caf<U+DCE9>.md:1: "caf<U+DCE9>.md" is not a name for a case study'
    )


@pytest.mark.parametrize("pair", [("foo.md", "Foo.md"), ("caf\u00e9.md", "cafe\u0301.md")])
def test_of_two_names_that_are_one_elsewhere_at_most_one_is_let_through(project, pair):
    for name in pair:
        project.write(f"case_studies/{name}", project.read(GOOD))
    named = [line for line in said(project) if "is not a name for a case study" in line]
    assert len(named) == len([name for name in pair if name != "foo.md"])


def test_every_reserved_name_is_refused(project):
    for name in RESERVED:
        project.write(f"case_studies/{name}.md", project.read(GOOD))
    lines = said(project)
    for name in RESERVED:
        assert f'case_studies/{name}.md:1: the name "{name}" is reserved' in lines


def test_a_folder_is_a_problem_and_says_what_lies_in_it(project):
    project.write("case_studies/sub/x.md", "")
    assert said(project)[0] == (
        "case_studies/sub:1: a folder (in it: sub/x.md): case studies lie side by side in case_studies/"
    )


def test_folders_within_folders_are_one_problem(project):
    project.write(f"case_studies/{'x/' * 120}x.md", "")
    assert said(project)[0] == (
        "case_studies/x:1: a folder (in it: x/x): case studies lie side by side in case_studies/"
    )


def test_a_folder_named_like_a_case_study_is_a_problem(project):
    (project.root / "case_studies/x.md").mkdir()
    assert said(project)[0] == "case_studies/x.md:1: a folder: case studies lie side by side in case_studies/"


@pytest.mark.parametrize(
    "target", ["reading-room.md", "../schema/themes.yml", "../schema", "/etc/passwd", "/etc", "/dev/zero", "nowhere.md", "link.md"]
)  # fmt: skip
def test_a_link_is_never_followed(project, target):
    (project.root / "case_studies/link.md").symlink_to(target)
    assert said(project)[0] == f"case_studies/link.md:1: {NOT_ORDINARY}"


def test_the_folder_itself_may_be_no_link(project, tmp_path):
    (project.root / "case_studies").rename(tmp_path / "elsewhere")
    (project.root / "case_studies").symlink_to(tmp_path / "elsewhere")
    try:
        assert said(project)[0] == f"case_studies:1: {NOT_ORDINARY}"
    finally:
        (project.root / "case_studies").unlink()
        (tmp_path / "elsewhere").rename(project.root / "case_studies")


@pytest.mark.parametrize("place", ["docs/leak.txt", "docs/about/leak.md", "schema/themes.yml"])
def test_no_link_elsewhere_brings_a_file_into_the_site(project, place, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("a token: that nobody may read", encoding="utf-8")
    link = project.root / place
    aside = link.rename(tmp_path / "aside") if link.exists() else None
    link.symlink_to(secret)
    try:
        lines = said(project)
        assert f"{place}:1: {NOT_ORDINARY}" in lines
        assert "token" not in "".join(lines)
    finally:
        link.unlink()
        if aside:
            aside.rename(link)


@pytest.mark.parametrize(
    "name", ["404.html", "CNAME", "robots.txt", "sitemap.xml", "docs/404.html", "docs/CNAME"]
)
def test_a_file_in_the_place_of_the_sites_own_is_a_problem(project, name):
    project.write(name, "PWN")
    try:
        own = name.removeprefix("docs/")
        assert said(project)[:2] == [
            f'{name}:1: "{own}" is a name of the finished site, which has its own or needs none',
            "    Delete the file.",
        ]
    finally:
        (project.root / name).unlink()


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("docs/new.md", ["docs/new.md:2: not UTF-8: byte 0xef on line 2 can't be read", "    Save it as UTF-8."]),
        ("docs/overrides/new.html", ["docs/overrides/new.html:2: not UTF-8: byte 0xef on line 2 can't be read", "    Save it as UTF-8."]),
        ("docs/._new.md", []),
        ("docs/new.svg", []),
    ],
)  # fmt: skip
def test_a_page_or_template_that_is_not_utf_8_is_a_problem(project, name, lines):
    (project.root / name).parent.mkdir(parents=True, exist_ok=True)
    (project.root / name).write_bytes(b"New\nna\xefve\n")
    try:
        assert said(project)[:-1] == lines
    finally:
        (project.root / name).unlink()


def test_a_pipe_does_not_hang_the_check(project):
    os.mkfifo(project.root / "case_studies/pipe.md")
    assert said(project)[0] == f"case_studies/pipe.md:1: {NOT_ORDINARY}"


def test_a_socket_is_a_problem(project, monkeypatch):
    monkeypatch.chdir(project.root / "case_studies")  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
    assert said(project)[0] == f"case_studies/socket.md:1: {NOT_ORDINARY}"


def among(words):
    """Put these bytes among the words of the summary."""
    return lambda text: text.encode().replace(b"A made-up council", b"A made-up %s council" % words)


def as_publisher(words):
    return lambda text: text.replace("publisher: Exampleton City Council", f"publisher: {words}").encode()


INVISIBLE = "is invisible or turns text round"


@pytest.mark.parametrize(
    ("encode", "message"),
    [
        (among(b"caf\xe9"), "3: not UTF-8: byte 0xe9 on line 3 can't be read"),
        (among(b"\x93new\x94"), "3: not UTF-8: byte 0x93 on line 3 can't be read"),
        (among(b"\xc0\xaf"), "3: not UTF-8: byte 0xc0 on line 3 can't be read"),
        (among(b"\xed\xa0\xbd\xed\xb8\x80"), "3: not UTF-8: byte 0xed on line 3 can't be read"),
        (among(b"\xf4\x90\x80\x80"), "3: not UTF-8: byte 0xf4 on line 3 can't be read"),
        (lambda text: text.encode() + b"\xe2\x82", "76: not UTF-8: byte 0xe2 on line 76 can't be read"),
        (lambda text: text.encode("utf-16"), "1: saved as UTF-16, not UTF-8"),
        (lambda text: text.encode("utf-16-le"), "1: saved as UTF-16, not UTF-8"),
        (lambda text: text.encode("utf-16-be"), "1: saved as UTF-16, not UTF-8"),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "1: saved as UTF-16, not UTF-8"),
        (lambda text: text.encode("utf-32"), "1: saved as UTF-32, not UTF-8"),
        (lambda text: text.encode("utf-32-le"), "1: saved as UTF-32, not UTF-8"),
        (lambda text: text.encode("utf-32-be"), "1: saved as UTF-32, not UTF-8"),
        (among(b"\0"), f"3: summary: U+0000 (control character) {INVISIBLE} (line 3, column 20)"),
        (among(b"\x1b[31m"), f"3: summary: U+001B (control character) {INVISIBLE} (line 3, column 20)"),
        (lambda text: text.replace("The roof", "The\0roof").encode(), f"71: body: U+0000 (control character) {INVISIBLE} (line 71, column 4)"),
        (as_publisher('"\\e[31mred"'), f"31: sources.minutes.publisher: U+001B (control character) {INVISIBLE} (line 31)"),
        (as_publisher('"\\0"'), f"31: sources.minutes.publisher: U+0000 (control character) {INVISIBLE} (line 31)"),
        (as_publisher('"\\u202Ex"'), f"31: sources.minutes.publisher: U+202E (right-to-left override) {INVISIBLE} (line 31)"),
        (as_publisher('"a\\nb"'), '31: sources.minutes.publisher: "a\\nb" must be one line of text, without line breaks'),
        (among("\ufeff".encode()), f"3: summary: U+FEFF (zero width no-break space) {INVISIBLE} (line 3, column 20)"),
        (lambda text: b"\xef\xbb\xbf" * 2 + text.encode(), '1: line 1 is "<U+FEFF>---": front matter must begin there with "---"'),
        (among("\x85".encode()), f"3: summary: U+0085 (control character) {INVISIBLE} (line 3, column 20)"),
        (among("\u2028".encode()), f"3: summary: U+2028 (line separator) {INVISIBLE} (line 3, column 20)"),
        (among("\u202e".encode()), f"3: summary: U+202E (right-to-left override) {INVISIBLE} (line 3, column 20)"),
        (among("\ue000".encode()), f"3: summary: U+E000 (private use) {INVISIBLE} (line 3, column 20)"),
        (among(("e" + "\u0301" * 300).encode()), "3: summary: more than 4 combining marks on one letter (line 3, column 21)"),
        (lambda text: b" \n\n", "1: the file is empty"),
        (lambda text: b"", "1: the file is empty"),
        (lambda text: text.encode() + b"x\n" * 5_000_000, "1: larger than 256 kB"),
        (lambda text: (text + "x" * 1_000_000).encode(), "1: larger than 256 kB"),
        (lambda text: (text + "x" * 20_001).encode(), "76: line 76 is longer than 20,000 characters"),
        (lambda text: ("---\na: " + "[" * 100_000).encode(), "2: line 2 is longer than 20,000 characters"),
        (lambda text: ("---\na: " + "[\n" * 3_000 + "\n---\n").encode(), '2: more than 2000 opening brackets "[" and "{"'),
    ],
)  # fmt: skip
def test_bytes_that_are_no_such_text_are_refused(project, encode, message):
    write_bytes(project, encode(project.read(GOOD)))
    found = [line for line in said(project) if line.startswith(f"{GOOD}:")]
    assert found == [f"{GOOD}:{message}"]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read_alike(project, ending):
    text = project.read(GOOD)
    before = project.load()
    write_bytes(project, text.replace("\n", ending).encode())
    assert project.load() == before


def test_mixed_line_ends_are_read_alike(project):
    before = project.load()
    ends = cycle(["\n", "\r\n", "\r", "\r\n"])
    text = "".join(f"{line}{next(ends)}" for line in project.read(GOOD).splitlines())
    write_bytes(project, text.encode())
    assert project.load() == before


def test_accents_typed_apart_are_read_as_their_letters(project):
    """In the front matter and in the body: a Mac writes them so, and a search would not find them."""
    for name, written in (("summary", "A caf\u00e9 hands"), ("body", "The t\u0177 leaked.")):
        old = {"summary": "A made-up council hands", "body": "The roof leaked."}[name]
        project.replace(GOOD, old, written)
    before = project.load()
    write_bytes(project, unicodedata.normalize("NFD", project.read(GOOD)).encode())
    assert b"e\xcc\x81" in (project.root / GOOD).read_bytes()
    assert project.load() == before


def test_a_byte_order_mark_is_passed_over(project):
    before = project.load()
    write_bytes(project, b"\xef\xbb\xbf" + project.read(GOOD).encode())
    assert project.load() == before


def test_two_bad_files_are_both_named_in_one_run(project):
    project.replace(GOOD, "status: ended", "status: over")
    project.replace("case_studies/westover-trees.md", "status: unknown", "status: lost")
    assert [line.split(":")[0] for line in said(project) if not line.startswith(" ")] == [
        GOOD,
        "case_studies/westover-trees.md",
        "2 problems in 2 of 3 case studies.",
    ]


def test_a_faulty_character_does_not_hide_the_other_problems(project):
    project.replace(GOOD, "made-up council", "made-up coun\u200bcil")
    project.replace(GOOD, "status: ended", "status: over")
    assert [line for line in said(project) if not line.startswith(" ")] == [
        f"{GOOD}:3: summary: U+200B (zero width space) is invisible or turns text round (line 3, column 24)",
        f'{GOOD}:9: status: "over" is not one of the statuses.',
        "2 problems in 1 of 3 case studies.",
    ]


def test_a_flood_of_faulty_characters_is_cut_off(project):
    project.replace(GOOD, "The roof leaked.", "\u200b" * 15_000)
    assert len([line for line in said(project) if "U+200B" in line]) == 10

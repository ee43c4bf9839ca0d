"""A build that fails or is killed, that meets another one, or finds no room: the last good site stays."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from casebook.site import builder as building
from projects import AS_OTHERS, REAL, SETTINGS, Project, run, tree

COMMAND = (sys.executable, "-m", "casebook", "build")
ROOM = "case_studies/reading-room.md"
KEPT = "The site was not built. The last good one is still in site/.\n"
THEIRS = f"MkDocs could not build its part.\n{KEPT}"


@pytest.fixture
def project(built, tmp_path):
    """The small project with its good site, for one test alone."""
    return Project(shutil.copytree(built.root, tmp_path / "project"))


def change(project):
    """What the next build shows on every page, and in a file that is copied."""
    project.replace("docs/overrides/main.html", "The Localism Casebook</a>", "The changed casebook</a>")
    picture = "docs/assets/favicon.svg"
    project.write(picture, project.read(picture) + "<!-- changed -->\n")


@pytest.fixture(scope="module")
def changed(built, tmp_path_factory):
    """The site after that change, and how many seconds it took to build."""
    project = Project(shutil.copytree(built.root, tmp_path_factory.mktemp("changed") / "project"))
    change(project)
    begun = time.monotonic()
    assert project.run("build").returncode == 0
    return tree(project.root / "site"), time.monotonic() - begun


def site(project):
    return tree(project.root / "site")


def leftovers(project):
    return sorted(project.root.glob(".site-*"))


def build_under(project, restriction, **variables):
    """Build in a shell that restricts itself first."""
    return subprocess.run(
        ["sh", "-c", f'{restriction} "$@"', "sh", *COMMAND],
        cwd=project.root,
        env=os.environ | SETTINGS | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def said(done):
    """Standard error, less what MkDocs tells of its progress and the names that are made by chance."""
    lines = [line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO ")]
    return re.sub(r"\.site-new-\w+", ".site-new-x", "".join(lines))


def start(project):
    """Begin a build, in a process group of its own."""
    return subprocess.Popen(
        COMMAND,
        cwd=project.root,
        env=os.environ | SETTINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(running):
    """Kill a build, and whatever it has started, as the system does that has no memory left."""
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def at_startup(folder, code):
    """A PYTHONPATH with which Python runs this code before anything else."""
    (folder / "startup").mkdir(exist_ok=True)
    (folder / "startup" / "sitecustomize.py").write_text(code, encoding="utf-8")
    return f"{folder / 'startup'}:{SETTINGS['PYTHONPATH']}"


KILLED = """
import os, signal, sys

def stop(event, told):
    if event == {event!r} and all(part in repr(told) for part in {parts!r}):
        if "mkdocs" in sys.orig_argv:
            os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(stop)
"""
MOMENTS = {
    "before MkDocs begins": ("subprocess.Popen", "mkdocs"),
    "while MkDocs writes": ("open", "about/index.html", "'w"),
    "while pages are written": ("open", "case-studies/reading-room/index.html", "'w"),
    "while the database is made": ("sqlite3.connect",),
    "while the finished site is read": ("open", "404.html", "'r"),
    "as the receipt is written": ("open", ".site.json", "'w"),
    "before the folders are exchanged": ("ctypes.dlopen", "None"),
    "as the old site is removed": ("shutil.rmtree", ".site-new-"),
}


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(project, built, changed, tmp_path):
    change(project)
    found = {}
    for moment, (event, *parts) in MOMENTS.items():
        for left in leftovers(project):
            shutil.rmtree(left)
        path = at_startup(tmp_path, KILLED.format(event=event, parts=parts))
        assert run(*COMMAND[1:], cwd=project.root, PYTHONPATH=path).returncode == -signal.SIGKILL, moment
        is_new = site(project) == changed[0]
        assert is_new or site(project) == site(built), moment
        found[moment] = "new" if is_new else "old"
    assert len(leftovers(project)) == 1
    assert found == dict.fromkeys(MOMENTS, "old") | {"as the old site is removed": "new"}
    assert project.run("build").returncode == 0
    assert site(project) == changed[0]
    assert leftovers(project) == []


def test_a_build_killed_by_chance_leaves_the_old_site_or_the_new_one(project, built, changed):
    new, seconds = changed
    change(project)
    for part in (0.3, 0.6, 0.9):
        running = start(project)
        time.sleep(seconds * part)
        kill(running)
        assert site(project) in (site(built), new)
    assert project.run("build").returncode == 0
    assert site(project) == new
    assert leftovers(project) == []


@pytest.fixture
def two_folders(tmp_path):
    for name in ("fresh", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can")
def test_folders_are_exchanged_in_one_step(two_folders):
    assert building._exchanged(two_folders / "fresh", two_folders / "site")
    assert tree(two_folders) == {"site/index.html": b"fresh", "fresh/index.html": b"site"}


def test_elsewhere_the_old_site_is_moved_away_first(two_folders, monkeypatch):
    monkeypatch.setattr(building, "_exchanged", lambda *folders: False)
    (two_folders / "fresh").rename(two_folders / ".site-new-x")
    building._exchange(two_folders / ".site-new-x", two_folders / "site")
    assert tree(two_folders) == {"site/index.html": b"fresh", ".site-old-x/index.html": b"site"}


def test_a_site_that_was_moved_away_when_its_build_was_killed_comes_back(project, built):
    """Where folders can't be swapped at once, there is a moment without a site."""
    (project.root / "site").rename(project.root / ".site-old-x")
    project.write("docs/overrides/case-study.html", "{% if %}")
    assert project.run("build").returncode == 1
    assert site(project) == site(built)


def test_two_builds_at_once_both_end_well_and_readers_never_miss_a_file(project, built, changed):
    old, new = site(built), changed[0]
    change(project)
    running = [start(project), start(project)]
    seen = {"index.html": set(), "assets/favicon.svg": set()}
    while any(one.poll() is None for one in running):
        for file, contents in seen.items():
            contents.add((project.root / "site" / file).read_bytes())
        time.sleep(0.001)
    assert [one.returncode for one in running] == [0, 0]
    assert seen == {file: {old[file], new[file]} for file in seen}
    assert site(project) == new
    assert leftovers(project) == []


TOLD = """
import sys

def tell(event, told):
    if event == "open" and ".site.lock" in repr(told):
        print("tried the lock", flush=True)
    if event == "subprocess.Popen" and "mkdocs" in repr(told):
        print("began", flush=True)

sys.addaudithook(tell)
"""


def test_one_build_waits_for_another(project, tmp_path):
    change(project)
    holder = "import filelock\nwith filelock.FileLock('.site.lock'): print(flush=True); input()"
    piped = {"cwd": project.root, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    told = os.environ | SETTINGS | {"PYTHONPATH": at_startup(tmp_path, TOLD)}
    with subprocess.Popen([sys.executable, "-c", holder], **piped) as other:
        other.stdout.readline()
        with subprocess.Popen(COMMAND, **piped, env=told) as waiting:
            assert [waiting.stdout.readline() for _ in range(4)] == ["tried the lock\n"] * 4
            assert leftovers(project) == []
            other.communicate("\n")
            assert waiting.stdout.readlines()[-2:] == ["began\n", "Built site/ from 3 case studies.\n"]
    assert waiting.returncode == 0


UNREADABLE = b"# New\n\nna\xefve\n"
MISTAKES = {
    "case-study": (
        "case_studies/bad.md",
        b"---\ntitle: na\xefve\n---\n",
        "case_studies/bad.md:2: not UTF-8: byte 0xef on line 2 can't be read\n"
        "    Save it as UTF-8.\n"
        "1 problem in 1 of 4 case studies.\n",
    ),
    "page": (
        "docs/new.md",
        UNREADABLE,
        "docs/new.md:3: not UTF-8: byte 0xef on line 3 can't be read\n"
        "    Save it as UTF-8.\n"
        "1 problem in 1 of 3 case studies.\n",
    ),
    "link": (
        "docs/new.md",
        b"# New\n\n[Old](old.md) [not there](about/index.md#nowhere)\n",
        "Error: Doc file 'new.md' contains a link 'old.md', but the target is not found among documentation files.\n"
        "Doc file 'new.md' contains a link 'about/index.md#nowhere', but the doc 'about/index.md' does not contain an anchor '#nowhere'.\n"
        + THEIRS,
    ),
    "configuration": (
        "mkdocs.yml",
        b"site_name: [\n",
        "Error: MkDocs encountered an error parsing the configuration file: while parsing a flow node\n"
        "expected the node content, but found '<stream end>'\n"
        '  in "mkdocs.yml", line 2, column 1\n' + THEIRS,
    ),
    "no-repository": (
        "mkdocs.yml",
        re.sub(rb"(repo_url|edit_uri): .*", b"", (REAL / "mkdocs.yml").read_bytes()),
        "Error: mkdocs.yml needs a repo_url and a site_description.\n" + THEIRS,
    ),
    "no-description": (
        "mkdocs.yml",
        re.sub(rb"site_description: .*", b"", (REAL / "mkdocs.yml").read_bytes()),
        "Error: mkdocs.yml needs a repo_url and a site_description.\n" + THEIRS,
    ),
    "template": (
        "docs/overrides/partials/improve.html",
        UNREADABLE,
        "docs/overrides/partials/improve.html:3: not UTF-8: byte 0xef on line 3 can't be read\n"
        "    Save it as UTF-8.\n"
        "1 problem in 1 of 3 case studies.\n",
    ),
    "syntax": (
        "docs/overrides/case-study.html",
        b"<h1>\n{% if %}\n",
        "Error: docs/overrides/case-study.html:2: Expected an expression, got 'end of statement block'\n" + KEPT,
    ),
    "macros": (
        "docs/overrides/partials/macros.html",
        b"{% macro %}\n",
        "Error: docs/overrides/partials/macros.html:1: expected token 'name', got 'end of statement block'\n" + KEPT,
    ),
    "type": (
        "docs/overrides/case-study.html",
        b'<h1>\n{{ 1 + "x" }}\n',
        "Error: docs/overrides/case-study.html:2: unsupported operand type(s) for +: 'int' and 'str'\n" + KEPT,
    ),
    "frame-syntax": (
        "docs/overrides/main.html",
        b"<h1>\n{% if %}\n",
        "Error: docs/overrides/main.html:2: Expected an expression, got 'end of statement block'\n" + THEIRS,
    ),
    "frame-type": (
        "docs/overrides/main.html",
        b'<h1>\n{{ 1 + "x" }}\n',
        "Error: docs/overrides/main.html:2: unsupported operand type(s) for +: 'int' and 'str'\n" + THEIRS,
    ),
    "frame-include": (
        "docs/overrides/main.html",
        b'<h1>\n{% include "kard.html" %}\n',
        'Error: docs/overrides/main.html:2: there is no template "kard.html"\n' + THEIRS,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "contents", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_in_words_and_the_last_good_site_stays(project, built, file, contents, message):
    (project.root / file).write_bytes(contents)
    done = project.run("build")
    assert done.returncode == 1
    assert said(done).replace(f"{project.root}/", "") == message
    assert site(project) == site(built)
    assert leftovers(project) == []


def test_without_a_site_a_failing_build_speaks_of_none(project):
    shutil.rmtree(project.root / "site")
    project.write("docs/overrides/case-study.html", "{% if %}")
    assert said(project.run("build")).endswith("\nThe site was not built.\n")
    assert not (project.root / "site").exists()


def test_a_fault_of_our_own_is_not_hidden(project, built):
    """What stops in our own Python, called by a template or not, needs the traceback."""
    project.replace("docs/overrides/councils.html", "council_map(catalogue)", "council_map(3)")
    done = project.run("build")
    assert done.returncode == 1
    assert "Traceback (most recent call last):" in done.stderr
    assert said(done).endswith("\nAttributeError: 'int' object has no attribute 'councils'\n")
    assert site(project) == site(built)
    assert leftovers(project) == []


SPOILT = """
import os, sys

def spoil(event, told):
    if event == "subprocess.Popen" and "mkdocs" in repr(told):
        with open({name!r}, "wb") as file:
            file.write(b"na\\xefve")
        if {gone!r}:
            os.remove({gone!r})

sys.addaudithook(spoil)
"""


@pytest.mark.parametrize(
    ("name", "gone", "why"),
    [
        ("docs/about/style.md", "", "docs/about/style.md:1: not UTF-8: byte 0xef on line 1 can't be read\n    Save it as UTF-8."),
        ("docs/overrides/404.html", "", "docs/overrides/404.html:1: not UTF-8: byte 0xef on line 1 can't be read\n    Save it as UTF-8."),
        ("docs/new.txt", ROOM, f"{ROOM}:1: can't be read: No such file or directory\n    If it was deleted by mistake, Git has it: git restore ."),
    ],
)  # fmt: skip
def test_what_changes_for_the_worse_after_the_check_is_said_in_words(
    project, built, tmp_path, name, gone, why
):
    change(project)
    code = SPOILT.format(name=name, gone=gone)
    done = build_under(project, "", PYTHONPATH=at_startup(tmp_path, code))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert why in done.stderr.replace(f"{project.root}/", "")
    assert site(project) == site(built)


MOVED = f"Error: site is not a folder of its own: a link or a file is there. Move it away.\n{KEPT}"


def test_a_link_at_the_sites_place_is_refused_and_not_followed(project):
    elsewhere = project.root / "elsewhere"
    (project.root / "site").rename(elsewhere)
    (project.root / "site").symlink_to(elsewhere)
    before = tree(elsewhere)
    done = project.run("build")
    assert (done.returncode, said(done)) == (1, MOVED)
    assert tree(elsewhere) == before


def test_a_file_at_the_sites_place_is_refused_and_stays(project):
    shutil.rmtree(project.root / "site")
    project.write("site", "mine")
    done = project.run("build")
    message = MOVED.replace(" The last good one is still in site/.", "")
    assert (done.returncode, said(done)) == (1, message)
    assert project.read("site") == "mine"


def test_a_site_that_may_not_be_read_is_refused(project, built):
    (project.root / "site").chmod(0o000)
    done = build_under(project, AS_OTHERS)
    (project.root / "site").chmod(0o755)
    message = "Error: site/ may not be read and changed: mend its permissions, or move it away.\n"
    assert (done.returncode, said(done)) == (1, message + KEPT)
    assert site(project) == site(built)


def test_an_old_site_that_cant_be_removed_is_named_by_the_next_build(project, changed):
    change(project)
    (project.root / "site" / "about").chmod(0o500)
    first, second = build_under(project, AS_OTHERS), build_under(project, AS_OTHERS)
    assert (first.returncode, site(project)) == (0, changed[0])
    message = "Error: .site-new-x/, which an earlier build left, can't be removed: Permission denied.\n"
    assert (second.returncode, said(second)) == (1, message + KEPT)
    (leftovers(project)[0] / "about").chmod(0o755)


def test_a_file_that_the_system_cuts_short_is_named(project, built):
    done = build_under(project, "ulimit -f 100;")
    assert done.returncode == 1
    assert re.fullmatch(f"Error: File too large(: [^\n]*)?{ROOM}{re.escape(THEIRS)}", said(done))
    assert site(project) == site(built)
    assert leftovers(project) == []


def test_compiled_templates_that_somebody_else_may_have_written_are_not_run(project, changed, tmp_path):
    """They are kept in a folder that is the user's own, and nobody else's."""
    change(project)
    (tmp_path / f"_jinja2-cache-{os.getuid()}").symlink_to(tmp_path / "theirs")
    (tmp_path / "theirs").mkdir()
    assert run(*COMMAND[1:], cwd=project.root, TMPDIR=str(tmp_path)).returncode == 0
    assert site(project) == changed[0]
    assert list((tmp_path / "theirs").iterdir()) == []


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("elsewhere")], ids=["pipe", "link"])
def test_what_stands_in_the_manifests_place_is_not_waited_for_or_followed(project, built, make):
    (project.root / ".site.json").unlink()
    make(project.root / ".site.json")
    done = project.run("build")
    assert (done.returncode, said(done)) == (
        1,
        f"Error: .site.json is not an ordinary file. Move it away.\n{KEPT}",
    )
    assert not (project.root / "elsewhere").exists()


MOUNTED = "mount --bind site site &&"
CAN_MOUNT = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not CAN_MOUNT, reason="this system lets nobody mount")
def test_a_site_that_is_a_mount_stays_and_the_way_out_is_said(project, built):
    change(project)
    command = ["unshare", "-rm", "sh", "-c", f'{MOUNTED} "$@"', "sh", *COMMAND]
    done = subprocess.run(
        command, cwd=project.root, env=os.environ | SETTINGS, capture_output=True, text=True, check=False
    )
    assert (done.returncode, said(done)) == (
        1,
        "Error: Device or resource busy: site\n"
        f"    A mount can't be replaced: unmount it, build, and copy what was built there.\n{KEPT}",
    )
    assert site(project) == site(built)
    assert leftovers(project) == []


ROOM = "\n    Make room, then run this again.\n"
FULL = """
import builtins, io, os
opened, full = io.open, False

def open(file, mode="r", *more, **named):
    global full
    stream = opened(file, mode, *more, **named)
    if set("wxa+") & set(mode):
        full = full or str(file).endswith({name!r})
        if full:
            os.dup2(os.open("/dev/full", os.O_WRONLY), stream.fileno())
    return stream

builtins.open = io.open = open
"""
"""From the file of this name on, whatever is written goes to a device that is full."""


@pytest.mark.parametrize(
    ("name", "end"),
    [("casebook.css", THEIRS), ("reading-room/index.html", KEPT), ("casebook.json", KEPT)],
    ids=["MkDocs' file", "page", "data"],
)
def test_a_full_disk_is_said_in_one_line(project, built, tmp_path, name, end):
    done = run(*COMMAND[1:], cwd=project.root, PYTHONPATH=at_startup(tmp_path, FULL.format(name=name)))
    assert done.returncode == 1
    assert re.fullmatch(f"Error: No space left on device(: [^\n]*)?{ROOM}{re.escape(end)}", said(done))
    assert site(project) == site(built)
    assert leftovers(project) == []

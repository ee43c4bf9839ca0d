"""What somebody saves, as it happens. Each test ends with a change, so that none waits for what never comes."""

import os
import shutil
import subprocess
import sys

import pytest

from casebook.server.watcher import Watcher
from projects import SETTINGS


@pytest.fixture
def watcher(project):
    with Watcher(project.root) as watcher:
        yield watcher


def wait_for(watcher, name):
    """Return all names up to and with this one."""
    names = set()
    while name not in names:
        names |= watcher.wait()
    return names


def test_to_read_is_no_change(project, watcher):
    for file in [*project.root.glob("case_studies/*"), *project.root.glob("docs/*.md")]:
        file.read_bytes()
    list((project.root / "case_studies").iterdir())
    project.write("schema/last.yml", "")
    assert wait_for(watcher, "schema/last.yml") == {"schema/last.yml"}


def test_whatever_is_done_to_a_file_is_a_change(project, watcher):
    project.write("case_studies/new.md", "")
    assert wait_for(watcher, "case_studies/new.md") == {"case_studies/new.md"}
    project.write("case_studies/new.md", "More.")
    assert wait_for(watcher, "case_studies/new.md") == {"case_studies/new.md"}
    (project.root / "case_studies/new.md").rename(project.root / "case_studies/newer.md")
    names = wait_for(watcher, "case_studies/newer.md")
    assert names == {"case_studies/new.md", "case_studies/newer.md"}
    (project.root / "case_studies/newer.md").unlink()
    assert wait_for(watcher, "case_studies/newer.md") == {"case_studies/newer.md"}
    project.write("docs/about/deep/down.md", "")
    assert "docs/about/deep/down.md" in wait_for(watcher, "docs/about/deep/down.md")
    project.write("mkdocs.yml", "")
    assert wait_for(watcher, "mkdocs.yml") == {"mkdocs.yml"}


def test_an_editor_that_saves_by_another_file_changes_the_one(project, watcher):
    project.write("case_studies/.reading-room.md.swp", "half")
    project.write("case_studies/4913", "")
    (project.root / "case_studies/4913").unlink()
    (project.root / "case_studies/reading-room.md").rename(project.root / "case_studies/reading-room.md~")
    project.write("case_studies/reading-room.md", "New.")
    name = "case_studies/reading-room.md"
    project.write("schema/last.yml", "")
    assert wait_for(watcher, "schema/last.yml") - {"schema/last.yml"} <= {name}


def test_what_is_no_part_of_the_site_is_passed_over(project, watcher):
    project.write("site/index.html", "")
    project.write("README.md", "")
    project.write("case_studies/last.md", "")
    assert wait_for(watcher, "case_studies/last.md") == {"case_studies/last.md"}


def test_a_folder_that_goes_and_comes_back_is_still_watched(project, watcher):
    shutil.rmtree(project.root / "case_studies")
    wait_for(watcher, "case_studies")
    (project.root / "case_studies").mkdir()
    wait_for(watcher, "case_studies")
    project.write("case_studies/new.md", "")
    wait_for(watcher, "case_studies/new.md")


def test_the_end_is_nothing(watcher):
    watcher.end()
    assert watcher.wait() == set()


def test_a_file_that_is_put_into_place_as_the_watching_ends_is_no_error(project, caplog):
    with Watcher(project.root) as watcher:
        project.write("new.md", "")
        (project.root / "new.md").rename(project.root / "case_studies/new.md")
        wait_for(watcher, "case_studies/new.md")
    assert caplog.messages == []


WATCH = """
import pathlib
from casebook.server.watcher import Watcher

with Watcher(pathlib.Path.cwd()) as watcher:
    print("Watching.", flush=True)
    print(*sorted(watcher.wait()), flush=True)
"""
POLLS = "The system may not tell of changes ({}): they are looked for every second.\n"
LIMIT = "on Linux, raise fs.inotify.max_user_instances and fs.inotify.max_user_watches"


def seen_under(project, rules, *options):
    """What a watcher says in a system of other rules while somebody saves a file."""
    with subprocess.Popen(
        ["unshare", *options, "sh", "-c", f'{rules} && exec "$@"', "sh", sys.executable, "-c", WATCH],
        cwd=project.root,
        env=os.environ | SETTINGS,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said = [process.stdout.readline(), process.stdout.readline()]
        (project.root / "schema/themes.yml").write_text("entries: []\n", encoding="utf-8")
        return [*said, *process.stdout]


def unshared(*options):
    """Skip a test where nobody may make such a system."""
    done = subprocess.run(["unshare", *options, "true"], capture_output=True, check=False)
    return pytest.mark.skipif(done.returncode != 0, reason="this system lets nobody set such rules")


@unshared("-Ur")
@pytest.mark.parametrize("limit", ["instance", "watch"])
def test_where_the_system_watches_no_more_changes_are_looked_for(project, limit):
    name = "instances" if limit == "instance" else "watches"
    said = seen_under(project, f"echo 0 > /proc/sys/user/max_inotify_{name}", "-Ur")
    told = POLLS.format(f"inotify {limit} limit reached; {LIMIT}")
    assert said == [told, "Watching.\n", "schema/themes.yml\n"]


@unshared("-Urm")
def test_a_change_of_which_the_system_says_nothing_is_seen(project, tmp_path):
    """As on a network drive: the file changes below, without a word to whoever watches above."""
    for name in ("over", "upper", "work"):
        (tmp_path / name).mkdir()
    layers = f"lowerdir={project.root},upperdir={tmp_path}/upper,workdir={tmp_path}/work,userxattr"
    rules = f"mount -t overlay -o {layers} none {tmp_path}/over && cd {tmp_path}/over"
    said = seen_under(project, rules, "-Urm")
    assert said == [POLLS.format("overlay"), "Watching.\n", "schema/themes.yml\n"]


@unshared("-Urm")
def test_where_no_list_of_mounts_is_another_device_may_be_a_network_drive(project):
    """As on macOS and Windows, whose network drives tell nothing of what others change."""
    said = seen_under(project, "mount -t tmpfs none /proc && export HOME=/proc", "-Urm")
    told = POLLS.format("another device than your own folder's")
    assert said == [told, "Watching.\n", "schema/themes.yml\n"]

"""What was read before: the same is found as from scratch, and only what has changed is read."""

import datetime
import os

import pytest

from casebook.validation import loading
from casebook.validation.cache import Cache
from projects import TODAY

ROOM, TREES = "case_studies/reading-room.md", "case_studies/westover-trees.md"


def add_link(project, slug):
    project.write(TREES, f"{project.read(TREES)}\nSee [the other]({slug}.md).\n")


def add_other(project):
    project.write("case_studies/other.md", project.read(ROOM).replace("title: ", "title: Other "))


CHANGES = {
    "nothing": lambda project: None,
    "an edit": lambda project: project.replace(ROOM, "status: ended", "status: running"),
    "a mistake": lambda project: project.replace(ROOM, "status: running", "status: over"),
    "no front matter": lambda project: project.write(TREES, "Words."),
    "another title's twin": lambda project: project.write(TREES, project.read(ROOM)),
    "a link to nothing": lambda project: add_link(project, "other"),
    "what it links to": add_other,
    "that goes again": lambda project: (project.root / "case_studies/other.md").unlink(),
    "a file of another name": lambda project: project.write("case_studies/NO.md", "Words."),
    "a folder": lambda project: project.write("case_studies/folder/one.md", "Words."),
    "more in the folder": lambda project: project.write("case_studies/folder/a.md", "Words."),
    "a link in the file system": lambda project: os.symlink("nowhere", project.root / "case_studies/link.md"),
    "a file in its place": lambda project: [
        (project.root / "case_studies/link.md").unlink(),
        project.write("case_studies/link.md", "Words."),
    ],
    "a theme": lambda project: project.replace("schema/themes.yml", "id: libraries", "id: books"),
    "a broken vocabulary": lambda project: project.write("schema/themes.yml", "Words."),
}
"""Done one after another."""


def test_after_every_change_the_same_is_found_as_from_scratch(project):
    memory = Cache()
    for name, change in CHANGES.items():
        change(project)
        found = loading.examine(project.root, TODAY, steps=memory.steps)
        assert found == loading.examine(project.root, TODAY), name
        if not found.problems:
            with_memory = loading.catalogue_of(found, TODAY, memory.steps)
            assert with_memory == loading.catalogue_of(found, TODAY), name


def test_another_day_is_held_against_all(project):
    memory, early = Cache(), datetime.date(2020, 1, 1)
    for day in (TODAY, early, TODAY):
        found = loading.examine(project.root, day, steps=memory.steps)
        assert found == loading.examine(project.root, day)
    assert loading.examine(project.root, early, steps=memory.steps).problems


def test_only_what_has_changed_is_read_again(project):
    memory = Cache()
    before = loading.examine(project.root, TODAY, steps=memory.steps)
    project.replace(ROOM, "status: ended", "status: running")
    after = loading.examine(project.root, TODAY, steps=memory.steps)
    same = {one.file: one is other for one, other in zip(before.documents, after.documents, strict=True)}
    assert same == {"case_studies/joint-youth-vote.md": True, ROOM: False, TREES: True}
    assert after.schema is before.schema


def test_a_file_of_the_same_size_and_time_is_read_again(project):
    memory, file = Cache(), project.root / ROOM
    loading.examine(project.root, TODAY, steps=memory.steps)
    known = file.stat()
    project.replace(ROOM, "status: ended", "status: ENDED")
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert loading.examine(project.root, TODAY, steps=memory.steps).problems


@pytest.mark.parametrize("folder", ["case_studies", "schema"])
def test_a_file_that_was_only_touched_is_the_same_as_before(project, folder):
    memory = Cache()
    before = loading.examine(project.root, TODAY, steps=memory.steps)
    for file in (project.root / folder).iterdir():
        os.utime(file, (1, 1))
    after = loading.examine(project.root, TODAY, steps=memory.steps)
    assert after.schema is before.schema
    assert all(one is other for one, other in zip(before.documents, after.documents, strict=True))

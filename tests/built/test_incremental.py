"""After any edit the site is the same, byte for byte, as if it were built for the first time."""

import itertools
import random
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings

from projects import Project, tree

NUMBERS = itertools.count(1)
THEMES = ("libraries", "green-spaces", "young-people", "music", "transport")


class Editor:
    """Edits a project, so that it still passes `check`. What it edits is chosen by chance."""

    def __init__(self, project, seed):
        self.project = project
        self.chance = random.Random(seed)

    def any_case(self):
        return self.chance.choice(self.cases("*"))

    def cases(self, pattern):
        files = self.project.root.glob(f"case_studies/{pattern}.md")
        return sorted(path.relative_to(self.project.root).as_posix() for path in files)

    def append(self, file, text):
        self.project.write(file, f"{self.project.read(file)}{text}")

    def edit_body(self):
        self.append(self.any_case(), f"\nSentence number {next(NUMBERS)}.\n")

    def edit_title(self):
        self.project.replace(self.any_case(), "\ntitle: ", f"\ntitle: No {next(NUMBERS)}, ")

    def edit_tags(self):
        file = self.any_case()
        chosen = ", ".join(self.chance.sample(THEMES, 2))
        self.project.write(
            file, re.sub(r"\nthemes: \[.*\]", f"\nthemes: [{chosen}]", self.project.read(file))
        )

    def edit_by_adding(self):
        text, number = self.project.read("case_studies/westover-trees.md"), next(NUMBERS)
        text = re.sub(r"\ntitle: .*", f"\ntitle: Number {number}", text)
        self.project.write(f"case_studies/added-{number}.md", text)

    def edit_by_removing(self):
        self.edit_by_adding()
        built_in(self.project)
        (self.project.root / self.cases("added-*")[0]).unlink()

    def edit_by_renaming(self):
        self.edit_by_adding()
        built_in(self.project)
        path = self.project.root / self.cases("added-*")[-1]
        path.rename(path.with_name(f"added-{next(NUMBERS)}.md"))

    def edit_vocabulary(self):
        self.project.replace("schema/themes.yml", "title: Libraries", f"title: Libraries {next(NUMBERS)}")

    def edit_vocabulary_by_adding(self):
        number = next(NUMBERS)
        entry = f"- id: theme-{number}\n  title: Theme {number}\n  summary: Of the tests.\n"
        self.append("schema/themes.yml", entry)

    def edit_template(self):
        self.append("docs/overrides/partials/improve.html", f"<p>Number {next(NUMBERS)}</p>\n")

    def edit_frame(self):
        self.project.replace(
            "docs/overrides/main.html", "Casebook</a>", f"Casebook</a> <b>{next(NUMBERS)}</b>"
        )

    def edit_config(self):
        self.project.replace("mkdocs.yml", "site_description: ", f"site_description: {next(NUMBERS)} ")

    def edit_page(self):
        self.append("docs/about/editorial-policy.md", f"\nSentence number {next(NUMBERS)}.\n")

    def edit_introduction(self):
        self.project.write("docs/themes/music.md", f"Introduction number {next(NUMBERS)}.\n")

    def edit_style(self):
        self.append("docs/assets/css/base.css", f"/* {next(NUMBERS)} */\n")

    def edit_by_mistake(self):
        file = self.any_case()
        text = self.project.read(file)
        self.project.write(file, text.replace("status:", "state:"))
        assert self.project.run("build").returncode == 1
        self.project.write(file, text)


def anew(project, folder):
    """Build a copy of what the project is made from, and return the site."""
    shutil.copytree(project.root, folder)
    shutil.rmtree(folder / "site")
    (folder / ".site.json").unlink()
    return built_in(Project(folder))


def built_in(project):
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    return tree(project.root / "site")


EDITS = [name for name in vars(Editor) if name.startswith("edit_")]
OF_CASE_STUDIES = [
    "edit_body",
    "edit_title",
    "edit_tags",
    "edit_by_adding",
    "edit_by_removing",
    "edit_by_renaming",
    "edit_by_mistake",
]
"""After these MkDocs' part is used again. After any other, all is made anew."""
IS_THOROUGH = settings.default.max_examples > 100


def steps(chance):
    """The edits in an order by chance: one at a time by `make fuzz`, else in three steps, one of which makes all anew."""
    if IS_THOROUGH:
        return [[edit] for edit in chance.sample(EDITS, len(EDITS))]
    first = chance.sample(OF_CASE_STUDIES, len(OF_CASE_STUDIES))
    rest = [edit for edit in EDITS if edit not in OF_CASE_STUDIES]
    return [first[:4], rest, first[4:]]


@pytest.mark.parametrize("seed", range(20 if IS_THOROUGH else 1))
def test_a_site_after_each_edit_is_the_site_made_anew(built, tmp_path, seed):
    """Every kind of edit upon the last ones: one order, always the same, and many by `make fuzz`."""
    project = Project(shutil.copytree(built.root, tmp_path / "project"))
    editor = Editor(project, seed)
    done = []
    with ThreadPoolExecutor() as pool:
        for edits in steps(editor.chance):
            for edit in edits:
                getattr(editor, edit)()
                done.append(edit)
            clean = pool.submit(anew, project, tmp_path / f"clean-{len(done)}")
            upon_the_last = built_in(project)
            assert upon_the_last == clean.result(), done

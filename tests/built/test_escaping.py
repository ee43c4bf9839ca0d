"""Whatever a contributor writes, every file of the site gives it back as text, and holds nothing else because of it.

The small project is made with a plain word in every field and term, and again with any text in its place. Who reads a
file of the second finds what stands in the same file of the first, with the text for the word: no element, attribute,
key, row or line more, and none less.
"""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import count, zip_longest
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote

import lxml.etree
import lxml.html
import pytest
import yaml
from cmarkgfm import cmark, github_flavored_markdown_to_html
from hypothesis import example, given

from casebook.exports import search_index
from casebook.exports.search_index import fold, indexes
from casebook.maintenance import REVIEW_FORMATS, from_git, review_contribution
from casebook.site import rendering
from casebook.site.csp import forbids, tags
from casebook.site.pages import pages
from citation_readers import read_bibtex, read_ris
from hostile_texts import ADDRESSES, LINES
from projects import REAL, SITE, TODAY, Project, exports, make_project

WORD, PLACE = "Wordword", "Placeplace"
"""Stand for a text, and for the last part of a source's address."""
WORDED = {"title", "summary", "text", "answer", "how", "what", "name", "publisher", "official_name", "source"}
WORDED_LISTS = {"aliases", "prompts"}
FORMULA = "[=+\\-@＝＋－＠\t\r]"


# The site, made of a catalogue. Whatever makes it, these are the only callers.


def worded(node, numbers):
    """Front matter or a vocabulary, with the word in every text. Each has a number of its own."""
    if isinstance(node, list):
        return [worded(one, numbers) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: worded(value, numbers) for key, value in node.items()}
    for key, value in node.items():
        if key in WORDED and isinstance(value, str):
            made[key] = f"{WORD} {next(numbers)} is long enough for each and every rule of the schema."
        elif key in WORDED_LISTS:
            made[key] = [f"{WORD} {next(numbers)}" for _ in value]
        elif key == "url" and "example.org" in value:
            made[key] = f"https://example.org/{next(numbers)}/{PLACE}"
    return made


def rewrite(project, change):
    """Change what each file of the collection holds, as data, and the bodies as text."""
    for path in (project.root / "schema").glob("*.yml"):
        made = change(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader))
        path.write_text(yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    for path in (project.root / "case_studies").glob("*.md"):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        made = yaml.safe_dump(change(yaml.load(front, yaml.CBaseLoader)), sort_keys=False)
        path.write_text(f"---\n{made}---\n{change(body)}", encoding="utf-8")


def make_worded_project(root):
    """The small project with the word in everything that somebody may write."""
    project = make_project(root)
    project.replace(
        "case_studies/reading-room.md", "The roof leaked.", f"{WORD}, see https://example.org/{PLACE} leaked."
    )
    rewrite(project, partial(worded, numbers=count()))
    return project


def drawn(catalogue, environment):
    """Every page's own part and its head, by path, as the site's frame takes them in; and every card for the find page."""
    for page in pages(REAL, catalogue):
        yield f"{page.path}index.html", rendering.render_page(page, catalogue, environment)
        yield f"{page.path}head.html", rendering.render_head(page, catalogue, environment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "FIND_WHOLE", 0)
        patch.setattr(rendering, "FIND_FIRST", 0)
        for file in rendering.cards(catalogue, environment):
            yield f"{file.path}.html", json.loads(file.text)["html"]


LOOKED_UP = ("find/words", "find/pairs", "find/spellings")


def written(catalogue):
    """Every other file, by path: its text or its bytes. Left out is what the find page looks words up in."""
    for file in exports(catalogue):
        if not file.path.startswith(LOOKED_UP):
            yield file.path, file.contents if file.path.endswith(".sqlite") else file.contents.decode()


def put(node, text, place):
    """The same with the text for the word, in whatever was made of it."""
    if isinstance(node, str):
        return node.replace(WORD, text).replace(PLACE, place)
    if isinstance(node, dict):
        return {put(key, text, place): put(value, text, place) for key, value in node.items()}
    if isinstance(node, (tuple, list)):
        return type(node)(put(one, text, place) for one in node)
    if is_dataclass(node):
        given = {field.name: put(getattr(node, field.name), text, place) for field in fields(node)}
        return replace(node, **given)
    return node


# The files, each read by a program that other people wrote.


def of_html(text):
    """Every element with its attributes and the text in it and behind it; linked data as what it says.

    Left out are the story, which is Markdown, and BibTeX: they have tests of their own.
    """
    assert not any(map(forbids, tags(text)))
    tree = lxml.html.document_fromstring(text)
    for part in tree.xpath("//div[@class='story'] | //pre[@class='citation']"):
        part.getparent().remove(part)
    return [(element.tag, of_attributes(element), *of_texts(element)) for element in tree.iter()]


def of_attributes(element):
    """The attributes by name. Some links carry a text to the find page, percent-encoded; so do citations for Zotero."""
    found = {
        name: unquote(value) if "find/?text=" in value else value for name, value in element.attrib.items()
    }
    return found | {"title": parse_qsl(found["title"])} if element.get("class") == "Z3988" else found


def of_texts(element):
    if element.get("type") == "application/ld+json":
        return json.loads(element.text), element.tail
    return element.text, element.tail


def of_xml(text):
    tree = lxml.etree.fromstring(text.encode())
    return [(one.tag, dict(one.attrib), in_entry(one), one.tail) for one in tree.iter()]


def in_entry(element):
    """The text of an element, or what the HTML holds that a feed has in it."""
    return of_html(element.text) if element.get("type") == "html" else element.text


def of_csv(text):
    """The cells, less the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [cell for row in found for cell in row if re.match(FORMULA, cell)] == []
    return [[re.sub(f"^'(?='*{FORMULA})", "", cell) for cell in row] for row in found]


def of_sqlite(data):
    """Every row of every table, less what it looks words up in."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in listed if "_fts" not in name]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def of_markdown(text):
    return of_html(cmark.markdown_to_html_with_extensions(text, 0, ["strikethrough"]))


READERS = {
    ".html": of_html,
    ".json": json.loads,
    ".xml": of_xml,
    ".opml": of_xml,
    ".csv": of_csv,
    ".sqlite": of_sqlite,
    ".txt": of_markdown,
    ".bib": read_bibtex,
    ".ris": read_ris,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_worded_project(tmp_path_factory.mktemp("worded"))


@pytest.fixture(scope="module")
def differences(project):
    """Say where a site with this text for the word, and this place in its sources' addresses, differs by more than them."""
    catalogue, environment = project.load(), rendering.load_templates(project.root, SITE)
    made = {
        "pages": lambda given: dict(drawn(given, environment)),
        "files": lambda given: dict(written(given)),
    }
    before = {kind: make(catalogue) for kind, make in made.items()}
    meant = {path: as_lines(path, content) for files in before.values() for path, content in files.items()}

    def compare(kind, text, place):
        after = made[kind](put(catalogue, text, place))
        assert after.keys() == before[kind].keys()
        changed = [path for path in after if after[path] != before[kind][path]]
        files = ((path, as_lines(path, after[path]), meant[path]) for path in changed)
        return list(compared(files, text, place))

    return compare


def compared(files, text, place):
    """Yield the path and the first different line of each file that is not as it should be."""
    for path, found, meant in files:
        wanted = put_in_lines(meant, text, place)
        if found != wanted:
            yield path, *first_difference(found, wanted)


def unstamped(content):
    """Less the stamp of the edition, in which any text makes a difference."""
    return re.sub('(edition"?[=:])"[0-9a-f]{16}"', r'\1""', content) if isinstance(content, str) else content


def as_lines(path, content):
    """What a file holds, a line for each text in it: in small letters, since some pages write a term's title so."""
    found = READERS[PurePath(path).suffix](unstamped(content))
    return json.dumps(found, ensure_ascii=False, indent=0).lower()


def put_in_lines(lines, text, place):
    typed = (json.dumps(one, ensure_ascii=False)[1:-1].lower() for one in (text, place))
    return lines.replace(WORD.lower(), next(typed)).replace(PLACE.lower(), next(typed))


def first_difference(found, wanted):
    pairs = zip_longest(found.split("\n"), wanted.split("\n"))
    return next(pair for pair in pairs if pair[0] != pair[1])


@given(text=LINES, place=ADDRESSES)
def test_any_text_is_text_on_every_page(text, place, differences):
    assert differences("pages", text, place) == []


@given(text=LINES, place=ADDRESSES)
@example(text="=1", place="")
@example(text="''@a", place="")
@example(text="＋1", place="")
def test_any_text_is_text_in_every_other_file(text, place, differences):
    assert differences("files", text, place) == []


@pytest.fixture(scope="module")
def words_of(project):
    """The files in which the find page looks words up, with this text for the word."""
    catalogue = project.load()

    def look(text):
        files = {file.path: file.text for file in indexes(put(catalogue, text, ""))}
        return {path: content for path, content in files.items() if path.startswith(LOOKED_UP)}

    return look


@given(text=LINES)
def test_any_words_can_be_looked_up_and_name_no_file_of_their_own(text, words_of):
    files = words_of(text)
    names = {PurePath(path).stem for path in files}
    assert [name for name in names if not re.fullmatch("[a-z0-9]+|_", name)] == []
    about = json.loads(files["find/words.json"])
    assert {name for name in names - {"words", "spellings"} if f"find/words/{name}.json" in files} == set(
        about["words"]
    )
    spelled = set(json.loads(files["find/spellings.json"])["words"])
    kept = {
        word
        for path, content in files.items()
        if path.startswith("find/words/")
        for word in json.loads(content)["words"]
    }
    looked_up = {word for token in fold(text) for word in search_index.words_of(token) if len(word) > 1}
    assert looked_up - set(about["common"]) <= kept == spelled


ATTACK = """="'><svg/onload=PWN()>&sect&lg"""
"""As long as a title lets it be."""


def build(project):
    """What each file of the built site holds, by path."""
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    site = project.root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*")
        if path.suffix in (".html", ".md")
    }


def test_the_frame_of_a_built_page_holds_the_text_as_text_too(project, tmp_path):
    """The site's frame is MkDocs' to draw: titles, descriptions and what other sites show of a page."""
    attacked = Project(shutil.copytree(project.root, tmp_path / "attacked"))
    rewrite(attacked, partial(put, text=ATTACK, place="(PWN)"))
    before, after = build(project), build(attacked)
    assert before.keys() == after.keys()
    pages = [path for path in after if path.endswith(".html") and after[path] != before[path]]
    assert len(pages) > 40
    files = ((path, as_lines(path, after[path]), as_lines(path, before[path])) for path in pages)
    assert list(compared(files, ATTACK, "(PWN)")) == []
    contributed = attacked.read("case_studies/reading-room.md")
    assert after["case-studies/reading-room.md"] == contributed


def lay_out(project, folder):
    """Copy what is reviewed of a project, and nothing else."""
    for name in ("schema", "case_studies"):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(project.root / name, folder / name)
    return Project(folder)


def git(folder, *arguments):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def told(project, tmp_path_factory):
    """What a review tells of files with this text for the word: as Markdown and as JSON."""
    folder = tmp_path_factory.mktemp("repository")
    lay_out(make_project(tmp_path_factory.mktemp("small")), folder)
    git(folder, "init", "--quiet", "--initial-branch", "base")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The base")

    def tell(text, place):
        git(folder, "checkout", "--quiet", "--force", "--detach", "base")
        rewrite(lay_out(project, folder), partial(put, text=text, place=place))
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", "A change")
        found = review_contribution(*from_git(folder, "base", "HEAD"), TODAY)
        return [write(found) for write in REVIEW_FORMATS.values()]

    return tell


@given(text=LINES, place=ADDRESSES)
def test_nothing_contributed_stands_outside_the_quotes_of_a_review(text, place, told):
    markdown, ours = told(f"PWN {text} PWN", f"PWN{place}")
    page = github_flavored_markdown_to_html(markdown)
    outside = " ".join(re.split("<code>[^<]*</code>", page))
    assert set(re.findall(r"<(\w+)", outside)) == {"h1", "h2", "p", "ul", "ol", "li", "strong"}
    assert [word for word in ("PWN", "@", "://", "example.org") if word in outside] == []
    assert page.count("PWN") > 20
    assert ours.isascii()

"""The built site, against an account of the raw front matter that shares no code with the casebook."""

import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from casebook.site import fingerprint
from projects import REAL, read_yaml

NOT_FETCHED = {"license", "schema.dcterms"}
"""Links by which a page only names something."""


class Reader(HTMLParser):
    """Collects what the tests ask of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.headings, self.scripts, self.assets = [], [], [], 0, []
        self.text = ""
        self._heading = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("link", "img", "script") and given.get("rel") not in NOT_FETCHED:
            self.assets.append(given.get("href") or given.get("src") or "")
        if "id" in given:
            self.ids.append(given["id"])
        self.scripts += tag == "script" and given.get("type") != "application/ld+json"
        self._heading = tag == "h1"
        if self._heading:
            self.headings.append("")

    def handle_endtag(self, tag):
        self._heading = self._heading and tag != "h1"

    def handle_data(self, data):
        self.text += data
        if self._heading:
            self.headings[-1] += data


@pytest.fixture(scope="module")
def site(built):
    return built.root / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.parent.relative_to(site).as_posix().removeprefix(".").strip("/"): Reader(
            path.read_text(encoding="utf-8")
        )
        for path in site.rglob("index.html")
    }


@pytest.fixture(scope="module")
def raw(built):
    """Front matter by slug, read by PyYAML's own loader."""
    return {
        path.stem: read_yaml(path.read_text(encoding="utf-8").split("---\n")[1])
        for path in (built.root / "case_studies").glob("*.md")
    }


@pytest.fixture(scope="module")
def vocabularies(built):
    return {
        path.stem: read_yaml(path.read_text(encoding="utf-8"))["entries"]
        for path in (built.root / "schema").glob("*.yml")
        if path.stem not in ("messages", "codebook")
    }


def listed(page):
    """The slugs of case studies that a page links to, in order, each once."""
    found = (re.search(r"case-studies/([a-z0-9-]+)/(#.*)?$", link) for link in page.links)
    return list(dict.fromkeys(match[1] for match in found if match))


def tagged(raw, vocabularies):
    """For each page of a term: the slugs that must stand on it."""
    expected = defaultdict(set)
    for facet in ("questions", "pledges", "themes", "powers", "councils"):
        for entry in vocabularies[facet]:
            expected[f"{facet}/{entry['id']}"] = set()
    for slug, data in raw.items():
        for facet in ("questions", "pledges", "themes", "powers"):
            for id in data.get(facet, ()):
                expected[f"{facet}/{id}"].add(slug)
        for id in data["councils"]:
            expected[f"councils/{id}"].add(slug)
            for heir in heirs(id, vocabularies):
                expected[f"councils/{heir}"].add(slug)
    return dict(expected)


def heirs(id, vocabularies):
    entry = next(one for one in vocabularies["councils"] if one["id"] == id)
    for heir in entry.get("successors", ()):
        yield heir
        yield from heirs(heir, vocabularies)


def of_its_own(site, path):
    """The case studies that the page of a term lists, but those of councils like it."""
    html = (site / path / "index.html").read_text(encoding="utf-8").partition('aria-labelledby="alike"')[0]
    return set(re.findall(r'case-studies/([a-z0-9-]+)/(?:#[a-z0-9-]+)?"', html))


def test_every_term_page_lists_exactly_the_cases_tagged_so(site, pages, raw, vocabularies):
    expected = tagged(raw, vocabularies)
    found = {
        path: of_its_own(site, path)
        for path in pages
        if re.fullmatch(r"(questions|pledges|themes|powers|councils)/.+", path)
    }
    assert found == expected
    assert len([path for path in found if path.startswith("questions/")]) == 10
    assert len([path for path in found if path.startswith("pledges/")]) == 5


def test_the_list_of_all_has_every_case_once(pages, raw):
    assert sorted(listed(pages["case-studies"])) == sorted(raw)


def test_each_answer_stands_beside_its_facts(site, raw):
    page = (site / "questions/risk/index.html").read_text(encoding="utf-8")
    card = page[page.index('<li class="answer"') : page.index('<nav class="others"')]
    for part in (
        raw["reading-room"]["questions"]["risk"]["answer"],
        "Exampleton, 2022",
        "Worked",
        "Press",
        '<a href="https://example.org/minutes?id=7&amp;page=1">Cabinet minutes, item 7</a>',
        "Exampleton Gazette",
    ):
        assert part in card


def test_every_cell_of_the_gaps_counts_its_cases_and_leads_to_them(pages, raw, vocabularies):
    links = [link for link in pages["gaps"].links if "theme=" in link]
    assert len(links) == len(vocabularies["questions"]) * len(vocabularies["themes"])
    for question in vocabularies["questions"]:
        for theme in vocabularies["themes"]:
            cases = [
                d for d in raw.values() if question["id"] in d["questions"] and theme["id"] in d["themes"]
            ]
            where = "find" if cases else "contribute/form"
            assert f"../{where}/?question={question['id']}&theme={theme['id']}" in links


def test_a_pledges_page_says_how(pages, raw):
    assert (
        raw["joint-youth-vote"]["pledges"]["ask-the-questions"]["how"]
        in pages["pledges/ask-the-questions"].text
    )


def test_a_term_without_cases_says_so_and_invites(pages):
    page = pages["questions/culture"]
    assert "No case study answers this question yet." in page.text
    assert "../../contribute/" in page.links


def test_an_abolished_council_says_who_took_over(pages):
    assert "It was abolished: its last day was 31 March 2021." in pages["councils/westover"].text
    assert "../../councils/exampleton/" in pages["councils/westover"].links
    assert "Work by councils that came before" in pages["councils/exampleton"].text


def test_a_case_study_shows_all_that_was_written(pages, raw):
    text = " ".join(pages["case-studies/reading-room"].text.split())
    data = raw["reading-room"]
    for words in (
        data["title"],
        data["summary"],
        "Friends of the Reading Room",
        data["questions"]["capacity"]["answer"],
        data["pledges"]["promote-good-practice"]["how"],
        data["outcomes"][0]["what"],
        "Who says soExampleton Gazette (press)",
        "How we knowPress",
        "Press A newspaper, broadcaster or trade journal reports it. "
        "What is missing: A study or an audit: nothing but reports in the press is cited for this.",
        data["updates"][0]["text"],
        "February 2025",
        "Sample Act 2001, section 1",
        "2022 to 2024",
        "Cabinet minutes, item 7. Exampleton City Council, May 2022. Council. Read 30 January 2026.",
        "Keep the roof.",
    ):
        assert words in text


def test_a_case_studys_edit_link_leads_to_its_own_file(pages):
    assert [link for link in pages["case-studies/reading-room"].links if "/edit/" in link] == [
        "https://github.com/localism-casebook/localism-casebook/edit/main/case_studies/reading-room.md"
    ]


def test_every_link_within_the_site_leads_somewhere(pages, site):
    broken = []
    for path, page in pages.items():
        here = f"https://site.test/{path}/" if path else "https://site.test/"
        for link in (*page.links, *page.assets):
            target, anchor = urldefrag(urljoin(here, link))
            parts = urlsplit(target)
            if parts.netloc != "site.test":
                continue
            wanted = parts.path.strip("/")
            if wanted in pages:
                if anchor and anchor not in pages[wanted].ids:
                    broken.append((path, link))
            elif not (site / wanted).is_file():
                broken.append((path, link))
    assert broken == []


def test_every_page_can_be_reached_from_another(pages):
    led_to = {
        urlsplit(urljoin(f"https://site.test/{path}/", link)).path.strip("/")
        for path, page in pages.items()
        for link in page.links
        if urldefrag(urljoin(f"https://site.test/{path}/", link))[0] != f"https://site.test/{path}/"
    }
    assert pages.keys() - led_to == set()


def test_every_page_has_one_first_heading_and_no_id_twice(pages):
    for path, page in pages.items():
        assert len(page.headings) == 1, path
        assert len(page.ids) == len(set(page.ids)), path


def test_no_page_asks_another_site_for_anything_and_few_run_more_than_one_script(pages):
    for path, page in pages.items():
        more = {"find": 2, "contribute/form": 2, "pack": 2}
        own = path.startswith("ask") or (path.startswith(("questions/", "pledges/")) and listed(page))
        assert page.scripts == 1 + more.get(path, bool(own)), path
        assert [asset for asset in page.assets if "//" in asset] == [], path


def test_the_letter_is_shown_word_for_word(pages, vocabularies):
    text = " ".join(pages["about/letter"].text.split())
    for facet in ("questions", "pledges"):
        for entry in vocabularies[facet]:
            assert entry["text"] in text
            assert entry["text"] in " ".join(pages[f"{facet}/{entry['id']}"].text.split())


def test_the_schema_is_published(site):
    published = json.loads((site / "schema/case-study.schema.json").read_text(encoding="utf-8"))
    assert published["title"] == "Case study"


def test_what_is_not_for_readers_is_not_published(site):
    assert sorted(path.name for path in site.rglob("*.yml")) == []
    assert not (site / "overrides").exists()


def test_contributed_text_is_escaped_wherever_it_stands(project):
    project.replace(
        "case_studies/reading-room.md",
        "title: Readers run the Exampleton reading room",
        "title: 'R & <b/x=\"y\">D'",
    )
    assert project.run("build").returncode == 0
    for path in ("case-studies/reading-room", "case-studies", "questions/risk", "councils/exampleton"):
        html = (project.root / "site" / path / "index.html").read_text(encoding="utf-8")
        assert "<b/x" not in html
        assert "R &amp; &lt;b/x=&#34;y&#34;&gt;D" in html


def test_a_case_study_cant_steer_the_theme(project):
    project.replace("case_studies/reading-room.md", "status: ended", "status: ended\ntemplate: redirect.html")
    done = project.run("build")
    assert done.returncode == 1
    assert '"template" is not a field here' in done.stderr


def test_a_maintainers_words_stand_above_the_answers(project):
    project.write("docs/questions/risk.md", "What **recurs** here.\n")
    assert project.run("build").returncode == 0
    html = (project.root / "site/questions/risk/index.html").read_text(encoding="utf-8")
    assert html.index("What <strong>recurs</strong> here.") < html.index("answers-list")


def test_an_empty_collection_builds_and_invites(project):
    for path in (project.root / "case_studies").iterdir():
        path.unlink()
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    for path in ("case-studies", "councils", "questions/risk", "themes/libraries"):
        html = (project.root / "site" / path / "index.html").read_text(encoding="utf-8")
        assert "contribute/" in html


def test_scripts_and_styles_lie_in_one_folder_named_by_what_they_hold(site, pages):
    """The page for what is not found links from the site's root."""
    folder = REAL / "docs/assets/js"
    ours = {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")} | {"casebook.css"}
    assert len(ours) > 20
    (folder,) = {path.parent for path in site.glob("assets/*/casebook.css")}
    published = {path.relative_to(site / "assets").as_posix() for path in site.glob("assets/**/*.*")}
    assert {path for path in published if path.partition("/")[2] in ours} == {
        f"{folder.name}/{name}" for name in ours
    }
    assert re.fullmatch("assets/[0-9a-f]{16}", folder.relative_to(site).as_posix())
    for path, page in pages.items():
        found = {asset.rpartition("assets/")[2].partition("/") for asset in page.assets}
        assert {name for name, _, rest in found if rest in ours} == {folder.name}, path


def test_every_style_is_in_the_one_style_sheet(site):
    (whole,) = [path.read_text(encoding="utf-8") for path in site.rglob("casebook.css")]
    parts = [path.read_text(encoding="utf-8") for path in (REAL / "docs/assets/css").rglob("*.css")]
    assert len(parts) > 20
    assert [part for part in parts if whole.count(part) != 1] == []


def test_every_published_asset_is_loaded_by_a_page(site, pages):
    """By a page itself, or by a script or style that is loaded."""
    published = {path for path in (site.resolve() / "assets").rglob("*") if path.is_file()}
    found = {(site / path / asset).resolve() for path, page in pages.items() for asset in page.assets}
    left = set(published)
    while found & left:
        code = [path for path in found & left if path.suffix in (".js", ".css")]
        left -= found
        found = {
            (path.parent / link).resolve()
            for path in code
            for link in re.findall(r"""["'(](\.{1,2}/[^"')?#]+)""", path.read_text(encoding="utf-8"))
        }
    assert {path.name for path in left} == NOT_LOADED.keys()


NOT_LOADED = {
    "LICENSE.txt": "goes with what it licenses",
    "social-card.png": "is shown by other sites, beside a link to a page",
}


def test_another_script_or_style_makes_another_folder():
    files = {"a.css": b"a", "b.js": b"b"}
    others = ({"a.css": b"a", "b.js": b"c"}, {"a.css": b"a", "c.js": b"b"}, {"a.css": b"ab", "b.js": b""})
    folders = {fingerprint.code_folder(each) for each in (files, *others, {"a.css": b"a"})}
    assert len(folders) == 5


def test_a_nations_page_is_described_as_from_there(built):
    html = (built.root / "site/nations/england/index.html").read_text(encoding="utf-8")
    assert '<meta name="description" content="Case studies of localism from England.">' in html

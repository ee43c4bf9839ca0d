"""The body of a case study: Markdown by cmarkgfm, as on GitHub, then nh3 on the HTML.

The checks read what the engine made, so that what was checked is what is shown.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from cmarkgfm import cmark

HEADINGS = (
    "The problem",
    "What was done",
    "What happened",
    "What went wrong",
    "What others can learn",
)

_EXTENSIONS = ["table", "strikethrough", "autolink"]
_OPTIONS = cmark.Options.CMARK_OPT_FOOTNOTES | cmark.Options.CMARK_OPT_VALIDATE_UTF8
_CITATION = re.compile(
    r'<sup class="footnote-ref"><a href="#fn-([a-z0-9-]+)" id="fnref-[a-z0-9-]+" data-footnote-ref>'
    r"\d+</a></sup>"
)
_OWN_ANCHOR = re.compile(r'<a href="#([^"]+)"(?! id="fnref-)')
_CASE_LINK = re.compile(r'<a href="([a-z0-9-]+)\.md(?:#([a-z0-9-]+))?"')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SCROLL = '<div class="scroll" role="region" aria-label="Table" tabindex="0">'
_OMITTED = "raw HTML omitted"
"""What cmarkgfm leaves, as a comment, where raw HTML stood."""
_CLEANER = nh3.Cleaner(
    tags=set(
        """a blockquote br code del em h2 h3 h4 h5 h6 hr li ol p pre strong sup table tbody td th thead
        tr ul""".split()
    ),
    attributes={
        "*": set(),
        "a": {"href", "aria-label"},
        "h2": {"id"},
        "h3": {"id"},
        "h4": {"id"},
        "h5": {"id"},
        "h6": {"id"},
        "ol": {"start"},
        "sup": {"class"},
        "td": {"align"},
        "th": {"align"},
    },
    clean_content_tags={"script", "style"},
    link_rel=None,
    url_schemes={"https", "http"},
)


@dataclass
class Heading:
    level: int
    line: int
    text: str = ""
    has_text_below: bool = False


@dataclass
class Outline:
    """What the rules must know of a body. Lines are counted from the body's first."""

    headings: list[Heading] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)
    citations: list[tuple[int, str]] = field(default_factory=list)
    """Ids of the sources cited."""
    dangling: list[tuple[int, str]] = field(default_factory=list)
    """Footnote ids that no source has: they stand in the text as typed."""
    raw_html: list[int] = field(default_factory=list)
    text_before_headings: int = 0
    """The line of the first text above the first heading, or 0."""


def outline(body: str, source_ids: Iterable[str]) -> Outline:
    """Read what a body holds: headings, links, citations, and what may not stand there."""
    options = _OPTIONS | cmark.Options.CMARK_OPT_SOURCEPOS
    source_ids = tuple(source_ids)
    reader = _OutlineReader(body, lines_above=_definitions(source_ids).count("\n"))
    reader.feed(_rendered(body, source_ids, options))
    reader.close()
    return reader.outline


def html(body: str, numbers: dict[str, int], up: str) -> str:
    """Return the body as safe HTML.

    `numbers` gives the number of each source by its id; `up` leads from the page to the site's root, for
    the links between case studies, which are written `other-slug.md`. The headings' ids begin with
    `body-`, so that none can be mistaken for one of the page's own.
    """
    page = _OWN_ANCHOR.sub(r'<a href="#body-\1"', _rendered(body, numbers, _OPTIONS))
    page = _CASE_LINK.sub(lambda found: f'<a href="{up}{_address(found[1], found[2])}"', page)
    page = _CITATION.sub(lambda found: _citation(found[1], numbers), page)
    page = _with_ids(page)
    page = _CLEANER.clean(page)
    return page.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")


def heading_id(text: str) -> str:
    """Return the anchor of a heading with this text."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _rendered(body: str, source_ids: Iterable[str], options: int) -> str:
    """Render with one footnote definition for each source, then cut the footnotes off again.

    Contributed text can't make the section's opening tag: raw HTML never reaches the output.
    """
    page = cmark.markdown_to_html_with_extensions(_definitions(source_ids) + body, options, _EXTENSIONS)
    return page.partition('<section class="footnotes"')[0]


def _definitions(source_ids: Iterable[str]) -> str:
    """Two lines for each source, above the body, where no open fence can swallow them.

    A definition that shows nothing comes last: else an indented first line would belong to a footnote.
    """
    notes = (f"[^{id}]: -\n\n" for id in source_ids if re.fullmatch("[a-z0-9-]+", id))
    return "".join([*notes, "[//]: #\n\n"])


def _address(slug: str, anchor: str | None) -> str:
    return f"case-studies/{slug}/#body-{anchor}" if anchor else f"case-studies/{slug}/"


def _citation(id: str, numbers: dict[str, int]) -> str:
    label = f"Source {numbers[id]}"
    return f'<sup class="cite"><a href="#source-{id}" aria-label="{label}">{numbers[id]}</a></sup>'


def _with_ids(page: str) -> str:
    """Give each heading its id; the second of one name is `-2`, and so on."""
    seen: Counter[str] = Counter()

    def with_id(found: re.Match[str]) -> str:
        level, inner = found[1], found[2]
        name = heading_id(_TAG.sub("", inner))
        seen[name] += 1
        id = name if seen[name] == 1 else f"{name}-{seen[name]}"
        return f'<h{level} id="body-{id}">{inner}</h{level}>'

    return _HEADING.sub(with_id, page)


class _OutlineReader(HTMLParser):
    """Walks the engine's HTML; `data-sourcepos` on each block tells the line."""

    def __init__(self, body: str, lines_above: int) -> None:
        super().__init__()
        self.body = body
        self.starts = [0, *(found.end() for found in re.finditer("\n", body)), len(body)]
        self.lines_above = lines_above
        self.outline = Outline()
        self.block = 1, 1
        self.found = 0
        self.heading: Heading | None = None
        self.open: list[Heading] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        position = re.match(r"(\d+):\d+-(\d+):", given.get("data-sourcepos", ""))
        if position:
            self.block = tuple(int(line) - self.lines_above for line in position.groups())
            self.found = self._start(self.block[0])
        if re.fullmatch("h[1-6]", tag):
            self.heading = Heading(int(tag[1]), self.block[0])
            self.open = [*(one for one in self.open if one.level < self.heading.level), self.heading]
            self.outline.headings.append(self.heading)
        elif tag == "code":
            self.code += 1
        elif tag == "img":
            self.outline.images.append((self._line(given.get("src", "")), given.get("src", "")))
        elif tag == "a":
            self._link(given)

    def _link(self, given: dict[str, str]) -> None:
        href = given.get("href", "")
        if "data-footnote-ref" in given:
            id = href.removeprefix("#fn-")
            self.outline.citations.append((self._line(f"[^{id}]"), id))
        else:
            self.outline.links.append((self._line(href.removeprefix("mailto:")), href))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.heading = None
        elif tag == "code":
            self.code -= 1

    def handle_data(self, data: str) -> None:
        if self.heading:
            self.heading.text += data
        elif data.strip():
            self._count_text()
        if not self.code:
            for found in re.finditer(r"\[\^([^\]\s]{1,100})\]", data):
                self.outline.dangling.append((self._line(found[0]), found[1]))

    def _count_text(self) -> None:
        """Text belongs to every heading whose section it stands in."""
        if not self.outline.headings:
            self.outline.text_before_headings = self.outline.text_before_headings or self.block[0]
        for heading in self.open:
            heading.has_text_below = True

    def handle_comment(self, data: str) -> None:
        if _OMITTED in data:
            self.outline.raw_html.append(self._line_of_raw_html())

    def _line_of_raw_html(self) -> int:
        """The next line with a "<": a block of raw HTML has no position of its own."""
        at = self.body.find("<", self._start(self.block[0]))
        return self.block[0] if at < 0 else bisect_right(self.starts, at)

    def _line(self, needle: str) -> int:
        """The line of the block on which the needle is typed, or else the block's first.

        It is looked for where the last one was found, and then above: there may be thousands.
        """
        end = self._start(self.block[1] + 1)
        for start in (self.found, self._start(self.block[0])):
            at = self.body.find(needle, start, end)
            if needle and at >= 0:
                self.found = at
                return bisect_right(self.starts, at)
        return self.block[0]

    def _start(self, line: int) -> int:
        """Where the line begins in the body."""
        return self.starts[min(line, len(self.starts)) - 1]

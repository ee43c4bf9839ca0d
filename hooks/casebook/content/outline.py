"""What the rules must know of a body, read from the HTML that the engine makes of it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from casebook.content import engine
from casebook.content.markdown import anchors, definitions, rendered

_OMITTED = "raw HTML omitted"
"""What the engine leaves, as a comment, where raw HTML stood."""
_RAW_TAG = re.compile(r"(?<!\\)<(?:!--.{0,500}?-->|[/?!a-zA-Z][^<>]{0,500}>?)", re.DOTALL)
_CONTAINERS = {"blockquote", "ol", "ul"}
_HOLDERS = _CONTAINERS | {"li", "table", "thead", "tbody", "tr"}
_INLINE = {"a", "br", "code", "del", "em", "img", "strong", "sup"}
MAX_LIST_DEPTH = 4
"""How many lists and quotations may stand within each other: each takes its share of a phone's width."""
MAX_BELOW = 100
"""Characters under a heading that are kept: enough to see whether they say anything."""
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_TOKEN = re.compile(r"<!--(.*?)-->|<(/?)([a-z0-9]+)([^>]*)>|([^<]+)", re.DOTALL)
"""The engine escapes "<" and ">" in text and attributes, so its HTML needs no parser that forgives."""
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_POSITION = re.compile(r"(\d+):\d+-(\d+):")
_NO_PLACE = "0:0-0:0"
"""What the engine says of a paragraph right above a table: it stands below what was last begun."""
_DANGLING = re.compile(r"\[\^([^\]\s]{1,100})\]")


@dataclass
class Heading:
    level: int
    line: int
    text: str = ""
    text_below: str = ""
    """The beginning of what stands under it."""


@dataclass
class Outline:
    """What the rules must know of a body. Lines are counted from the body's first."""

    headings: list[Heading] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)
    citations: list[tuple[int, str]] = field(default_factory=list)
    dangling: list[tuple[int, str]] = field(default_factory=list)
    """Footnote ids that no source has: they stand in the text as typed."""
    raw_html: list[tuple[int, int, str]] = field(default_factory=list)
    too_deep: list[int] = field(default_factory=list)
    """Lines on which a list or quotation begins within as many others as there may be."""
    texts: list[tuple[int, str]] = field(default_factory=list)
    """What readers see of each paragraph, heading, item or cell, without code and citations: all decoded."""
    indented: list[int] = field(default_factory=list)
    """Lines on which code begins that only an indent makes."""
    text_before_headings: int = 0
    """The line of the first text above the first heading, or 0."""

    @property
    def anchors(self) -> list[str]:
        """Where links may lead to: one for each heading."""
        return anchors([(heading.level, heading.text) for heading in self.headings])


def outline(body: str, source_ids: Iterable[str]) -> Outline:
    """Read what a body holds: headings, links, citations, and what may not stand there."""
    source_ids = tuple(source_ids)
    reader = _OutlineReader(body, lines_above=definitions(source_ids).count("\n"))
    return reader.read(rendered(body, source_ids, engine.WITH_LINES))


class _OutlineReader:
    """Parses the engine's HTML; `data-sourcepos` on each block gives the line."""

    def __init__(self, body: str, lines_above: int) -> None:
        self.body = body
        self.starts = [0, *(found.end() for found in re.finditer("\n", body)), len(body)]
        self.lines_above = lines_above
        self.outline = Outline()
        self.block = 1, 1
        self.found = 0
        self.heading: Heading | None = None
        self.open: list[Heading] = []
        self.code = 0
        self.depth = 0
        self.is_cited, self.link = False, 0
        self.seen = ""
        """What readers see of the block, so far."""
        self.tag_found = 0
        self.past = 0
        """The end of the last paragraph, heading or block of code."""

    def read(self, page: str) -> Outline:
        for found in _TOKEN.finditer(page):
            comment, end, tag, attributes, text = found.groups("")
            if text:
                self._text(unescape(text))
            elif end:
                self._end(tag)
            elif tag:
                self._start(tag, attributes)
            elif _OMITTED in comment:
                is_alone = page[found.start() - 1] == page[found.end() : found.end() + 1] == "\n"
                self._raw_html(is_block=is_alone and not self.seen.strip())
        self._end_block()
        return self.outline

    def _start(self, tag: str, attributes: str) -> None:
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        position = _POSITION.match(given.get("data-sourcepos", ""))
        if tag not in _INLINE:
            self._end_block()
        if given.get("data-sourcepos") == _NO_PLACE:
            self.block = self.block[0], len(self.starts)
        elif position:
            first, last = (int(line) - self.lines_above for line in position.groups())
            self.block = first, last
            self.found = self._offset(first)
            self.past = self.past if tag in _HOLDERS else self._offset(last + 1)
        if tag in _LEVELS:
            self.heading = Heading(_LEVELS[tag], self.block[0])
            self.open = [*(above for above in self.open if above.level < self.heading.level), self.heading]
            self.outline.headings.append(self.heading)
        elif tag in _CONTAINERS:
            self.depth += 1
            if self.depth == MAX_LIST_DEPTH + 1:
                self.outline.too_deep.append(self.block[0])
        elif tag == "pre":
            if re.match(r"[ \t>]*(?: {4}|\t)[ \t]*[^\s`~]", self._typed(self.block[0])):
                self.outline.indented.append(self.block[0])
        elif tag == "code":
            self.code += 1
        elif tag == "del" and self.seen[-1:].isalnum():
            self.seen += "~"  # H~2~O was meant for a small 2
        elif tag == "img":
            self.outline.images.append((self._line(given.get("src", "")), given.get("src", "")))
        elif tag == "a":
            self._link(given)

    def _link(self, given: dict[str, str]) -> None:
        href, self.link = given.get("href", ""), len(self.seen)
        self.is_cited = "data-footnote-ref" in given
        if self.is_cited:
            id = href.removeprefix("#fn-")
            self.outline.citations.append((self._line(f"[^{id}]"), id))
        else:
            self.outline.links.append((self._line(href.removeprefix("mailto:")), href))

    def _end(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        if tag in _LEVELS:
            self.heading = None
        elif tag in _CONTAINERS:
            self.depth -= 1
        elif tag == "code":
            self.code -= 1
        elif tag == "a":
            if not self.is_cited and not self.seen[self.link :].strip():
                self.seen += "[]("  # a link without words, which nobody could see
            self.is_cited = False

    def _end_block(self) -> None:
        if self.seen.strip():
            self.outline.texts.append((self.block[0], self.seen))
        self.seen = ""

    def _text(self, text: str) -> None:
        if self.is_cited:
            return
        if self.code:
            at = self.body.find(text.strip(), self.tag_found)
            self.tag_found = max(at + len(text), self.tag_found) if "<" in text else self.tag_found
        else:
            self.seen += text
        if self.heading:
            self.heading.text += text
        elif not text.isspace():
            self._count_text(text)
        if not self.code and "[^" in text:
            for found in _DANGLING.finditer(text):
                self.outline.dangling.append((self._line(found[0]), found[1]))

    def _count_text(self, text: str) -> None:
        """Text belongs to every heading whose section it stands in."""
        if not self.outline.headings:
            self.outline.text_before_headings = self.outline.text_before_headings or self.block[0]
        for heading in self.open:
            if len(heading.text_below) < MAX_BELOW:
                heading.text_below += text

    def _raw_html(self, is_block: bool) -> None:
        """The next tag; or, of a block of raw HTML, which has no position of its own, each tag."""
        begin = max(self.past if is_block else self._offset(self.block[0]), self.tag_found)
        tag = _RAW_TAG.search(self.body, begin)
        end = self.body.find("\n\n", tag.end()) if tag and is_block else tag.end() if tag else begin
        for found in _RAW_TAG.finditer(self.body, begin, end if end >= 0 else len(self.body)):
            line = bisect_right(self.starts, found.start())
            self.outline.raw_html.append((line, found.start() - self._offset(line) + 1, found[0]))
            self.tag_found = found.end()

    def _typed(self, line: int) -> str:
        return self.body[self._offset(line) : self._offset(line + 1)]

    def _line(self, needle: str) -> int:
        """The line of the block on which the needle is typed, or else the block's first.

        It is looked for where the last one was found, and then above: there may be thousands.
        """
        end = self._offset(self.block[1] + 1)
        for start in (self.found, self._offset(self.block[0])):
            at = self.body.find(needle, start, end)
            if needle and at >= 0:
                self.found = at
                return bisect_right(self.starts, at)
        return self.block[0]

    def _offset(self, line: int) -> int:
        return self.starts[min(line, len(self.starts)) - 1]

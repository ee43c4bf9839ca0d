"""The body of a case study: Markdown as on GitHub, then nh3 on the HTML.

The checks read what the engine made, so that what was checked is what is shown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape

import nh3

from casebook.content import engine

HEADINGS = ("The problem", "What was done", "What happened", "What went wrong", "What others can learn")

_WITH_A_SPACE = re.compile(r"\[\^(?=[^\]\s]{0,1000}\s)")
"""What begins like a citation, and no id is: the engine takes it for one, or cuts it within a letter."""
_CITATION = re.compile(
    r'<sup class="footnote-ref"><a href="#fn-([a-z0-9-]+)" id="fnref-[a-z0-9-]+" data-footnote-ref>'
    r"\d+</a></sup>"
)
_OWN_ANCHOR = re.compile(r'<a href="#([^"]+)"(?! id="fnref-)')
_CASE_LINK = re.compile(r'<a href="([a-z0-9-]+)\.md(?:#([a-z0-9-]+))?"')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CITED = re.compile(r'<sup class="cite">.*?</sup>')
_SENTENCE_END = re.compile(r"""(?<=[.!?])\s+(?=["“‘(£A-Z0-9])""")
_SHORT = 40
"""Letters of a sentence that says little by itself."""
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|pre)>")
_SCROLL = '<div class="scroll" role="region" aria-label="Table" tabindex="0">'
_CLEANER = nh3.Cleaner(
    tags=set(
        """a blockquote br code del em h2 h3 h4 h5 h6 hr li ol p pre strong sup table tbody td th thead
        tr ul""".split()
    ),
    attributes={
        "*": set(),
        "a": {"href", "aria-label"},
        **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6")},
        "ol": {"start"},
        "sup": {"class"},
        "td": {"align"},
        "th": {"align"},
    },
    clean_content_tags={"script", "style"},
    link_rel=None,
    url_schemes={"https", "http"},
)


def body_html(body: str, numbers: dict[str, int], up: str) -> str:
    """Return the body as safe HTML.

    `numbers` gives the number of each source by its id; `up` leads from the page to the site's root, for
    the links between case studies, which are written `other-slug.md`. The headings' ids begin with
    `body-`, so that none can be mistaken for one of the page's own.
    """
    page = _OWN_ANCHOR.sub(r'<a href="#body-\1"', rendered(body, numbers))
    page = _CASE_LINK.sub(lambda found: f'<a href="{up}{_address(found[1], found[2])}"', page)
    page = _with_ids(page)
    page = _CITATION.sub(lambda found: _citation(found[1], numbers), page)
    page = _CLEANER.clean(page)
    return page.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")


def sentences(page: str, heading: str) -> list[str]:
    """Return the sentences below a heading of `body_html`, as text without citations."""
    below = page.partition(f'<h2 id="body-{heading_id(heading)}">')[2].partition("</h2>")[2]
    blocks = _BLOCK_END.split(_CITED.sub("", below.partition("<h2")[0]))
    texts = (" ".join(unescape(_TAG.sub("", block)).split()) for block in blocks)
    return [sentence for text in texts if text for sentence in _SENTENCE_END.split(text)]


def opening(text: str) -> tuple[str, str]:
    """Return its first sentence, or the first two where one says little ("Mixed."), and the rest."""
    ends = [end.start() for end in _SENTENCE_END.finditer(text)]
    cut = next((end for end in ends if end >= _SHORT), len(text))
    return text[:cut], text[cut:].lstrip()


def heading_id(text: str) -> str:
    """Return the anchor of a heading with this text."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def anchors(headings: Sequence[tuple[int, str]]) -> list[str]:
    """Return the anchor of each of a body's headings, given as levels and texts. No two are the same.

    Of those with one text the highest, or else the first, has the plain anchor, the next `-2`, and so on.
    """
    given: dict[str, int] = {}
    again: Counter[str] = Counter()
    for place, (_, text) in sorted(enumerate(headings), key=lambda heading: heading[1][0]):
        name = id = heading_id(text)
        while id in given:
            again[name] += 1
            id = f"{name}-{again[name] + 1}"
        given[id] = place
    return sorted(given, key=given.__getitem__)


def rendered(body: str, source_ids: Iterable[str], options: int = engine.OPTIONS) -> str:
    """Render with one footnote definition for each source, then cut the footnotes off again.

    Contributed text can't make the section's opening tag: raw HTML never reaches the output.
    """
    whole = definitions(source_ids) + _WITH_A_SPACE.sub(r"\\[^", body)
    return engine.html(whole, options).partition('<section class="footnotes"')[0]


def definitions(source_ids: Iterable[str]) -> str:
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
    found = _HEADING.findall(_CITATION.sub("", page))
    ids = iter(anchors([(int(level), unescape(_TAG.sub("", inner))) for level, inner in found]))
    return _HEADING.sub(lambda found: f'<h{found[1]} id="body-{next(ids)}">{found[2]}</h{found[1]}>', page)

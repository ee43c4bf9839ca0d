"""The search indexes of the find page, in files small enough to fetch while the reader types.

/find/facets.json      {"values": {facet: {value: [case, ...]}}}
/find/words.json       {"cases": how many, "letters": 2 or 3, "shards": ["ba", ...], "common": ["the", ...]}
/find/words/ba.json    {"words": {word: [case, weight, case, weight, ...]}} for the words that begin with "ba"
/find/cards/20.json    {"html": the cards of cases 200 to 209}, made by site/rendering.py

Each begins with its "edition": a browser may have cached a file, or the page, from an earlier publication, in
which a number was another case's. Only files with the same edition as the page belong to it.

Cases are numbered in the catalogue's order, and delta-encoded: each number is the difference from the one
before, since small numbers compress well. Words are folded, but not stemmed: find/ranking.js decides which
are similar (baths, bath, bahts).

Other search engines were measured on generated collections: MiniSearch must fetch all texts
before its first answer, 59 kB compressed for 100 case studies without bodies, 568 kB for 1,000 and 5.6 MB
for 10,000; Pagefind (240 kB for 10,000) forgives no typing error, and its counts are wrong where values are
chosen by OR. Here a file of words takes at most 2, 18 and 48 kB, bodies and all.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, pairwise

from casebook.exports.publication import SiteFile, stamped
from casebook.model import CaseStudy, Catalogue, Facet, Term, facets_of

_FORMAT = 1
"""Incremented when the format of the files changes."""
_SMALL = frozenset(
    """a an and are as at be by for from had has have how in is it its my of on or our so that the their they
    this to us was we were what when where which who why will with you your""".split()
)
"""Stop words: they are neither indexed nor searched for."""
_MANY = 1000
"""In larger collections files would grow too large: words are then grouped by three letters, and..."""
_COMMON = 0.5
"""...a word in a larger share of the cases is a stop word."""
_IGNORED = re.compile("['’\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLAIN = re.compile("[a-z0-9]+")
_MARKS = re.compile(r"\[\^[^\]\n]{0,100}\]|\]\([^)\n]{0,500}\)")
"""Markup that is not indexed: citations, and the targets of links."""


def indexes(catalogue: Catalogue) -> Iterator[SiteFile]:
    """Yield facets.json, words.json and the files of words."""
    stamp = search_edition(catalogue)
    yield stamped("find/facets.json", stamp, {"values": _values(catalogue)})
    number = len(catalogue.cases)
    letters = 2 if number <= _MANY else 3
    postings = _postings(catalogue)
    common = _SMALL | {word for word, found in postings.items() if _is_common(len(found) // 2, number)}
    shards = _shards({word: postings[word] for word in sorted(postings.keys() - common)}, letters)
    about = {"cases": number, "letters": letters, "shards": list(shards), "common": sorted(common)}
    yield stamped("find/words.json", stamp, about)
    for name, words in shards.items():
        yield stamped(f"find/words/{name}.json", stamp, {"words": words})


def search_edition(catalogue: Catalogue) -> str:
    """Return a hash of all that the files are generated from."""
    digest = blake2b(f"{_FORMAT}\0{json.dumps(_values(catalogue))}".encode(), digest_size=8)
    for case in catalogue.cases:
        texts = (text for _, text in _weighted(case, catalogue))
        digest.update("\0".join((case.slug, *texts, "")).encode())
    return digest.hexdigest()


def fold(text: str) -> set[str]:
    """Return the words of a text in lower case, without accents and apostrophes, as find/ranking.js does.

    A hyphenated word gives its parts and the whole without hyphens: co-operative is cooperative, too.
    """
    plain = _IGNORED.sub("", unicodedata.normalize("NFKD", text)).lower()
    found = set(_WORD.findall(plain))
    hyphenated = [word for word in found if "-" in word]
    found.difference_update(hyphenated)
    for word in hyphenated:
        found.update(word.split("-"), (word.replace("-", ""),))
    return {word for word in found if len(word) > 1}


def _is_common(count: int, number: int) -> bool:
    return number > _MANY and count > _COMMON * number


def _values(catalogue: Catalogue) -> dict[str, dict[str, list[int]]]:
    return {facet.id: _cases_by_value(facet) for facet in facets_of(catalogue)}


def _cases_by_value(facet: Facet) -> dict[str, list[int]]:
    return {option.id: _distances(option.cases) for option in facet.options}


def _shard(word: str, letters: int) -> str:
    """Return the name of the file that has a folded word."""
    start = word[:letters]
    return start if _PLAIN.fullmatch(start) else "other"


def _weighted(case: CaseStudy, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """Yield each text of the case, with the weight of a word in it."""
    yield 8, case.title
    yield 6, " ".join(_names(case, catalogue))
    yield 4, case.summary
    yield 2, " ".join(answer.text for answer in chain(case.answers, case.deeds))
    yield 2, " ".join(claim.what for claim in chain(case.outcomes, case.outputs))
    yield 2, " ".join(cost.what for cost in case.costs)
    yield 2, " ".join(term.text for term in case.agreed)
    yield 2, " ".join(update.text for update in case.updates)
    yield 2, " ".join(reply.text for reply in case.replies)
    yield 1, _MARKS.sub(" ", case.body)


def _names(case: CaseStudy, catalogue: Catalogue) -> Iterable[str]:
    """Yield every name by which a reader may search for the terms and partners of the case."""
    current = chain.from_iterable(catalogue.successors(council) for council in case.councils)
    terms: Iterable[Term] = chain(
        (answer.term for answer in case.answers), case.themes, case.powers, case.councils, current
    )
    for term in {term.path: term for term in terms}.values():
        yield from (term.title, *term.aliases)
    yield from (partner.name for partner in case.partners)


def _postings(catalogue: Catalogue) -> dict[str, list[int]]:
    """Return cases and weights by word, as flat lists. A weight is the sum over all occurrences."""
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, case in enumerate(catalogue.cases):
        weights: dict[str, int] = {}
        for weight, text in _weighted(case, catalogue):
            for word in fold(text):
                weights[word] = weights.get(word, 0) + weight
        for word, weight in weights.items():
            found.setdefault(word, []).extend((number - last.get(word, 0), weight))
            last[word] = number
    return found


def _shards(postings: dict[str, list[int]], letters: int) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = {}
    for word, cases in postings.items():
        found.setdefault(_shard(word, letters), {})[word] = cases
    return dict(sorted(found.items()))


def _distances(numbers: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise((0, *numbers))]

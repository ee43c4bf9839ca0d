"""The search indexes of the find page, in files small enough to fetch while the reader types.

/find/facets.json      {"values": {facet: {value: [case, ...]}},
                        "outcomes": {"result evidence": [case, ...]} of those that have one outcome with both,
                        "added": [days after the oldest, ...]}
/find/slugs.json       {"slugs": [...]}, for whoever takes the list along
/find/words.json       {"cases": how many, "words": [shard, ...], "pairs": [shard, ...],
                        "common": ["the", ...],
                        "thesaurus": {what people type: [what it means, ...]}}
/find/words/ba.json    {"words": {word: [case, strength, case, strength, ...]}}, as shards.py divides them
/find/pairs/ba.json    {"pairs": {word: {next word: [case, ...]}}}
/find/spellings.json   {"words": [...]}: every word, for what is not typed as any of them
/find/cards/40.json    {"html": the cards of cases 200 to 204}, made by site/rendering.py
/find/told/40.json     {"html": what these answer, and their outcomes}, made there, too

Each begins with its "edition": a browser may have cached a file, or the page, from an earlier publication, in
which a number was another case's. Only files with the same edition as the page belong to it.

Cases are numbered in the catalogue's order, and delta-encoded: each number is the difference from the one
before, since small numbers compress well. A strength is BM25's share of one word in one case, without the
word's rarity, out of `_FULL`. Words are folded, but not stemmed: find/ranking.js decides which are similar
(baths, bath, bahts). Pairs leave out stop words, so that "asset of community value" is two of them. They are
files of their own, fetched only for two words or more; positions in the files of words would triple those.
"""

import json
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain, pairwise
from string import punctuation, whitespace
from typing import Any

from casebook.exports.publication import SiteFile, stamped
from casebook.exports.shards import divide
from casebook.model import CaseStudy, Catalogue, Term, facets_of

_FORMAT = 3
"""Incremented when the format of the files changes."""
_SMALL = frozenset(
    """a about all also an and any are as at be been but by can could did do does for from get gets go goes
    had happen happens has have he her his how i if in into is it its just like me my no not of on or
    our she should so some than that the their them then there these they this those to us very was we
    were what when where which who why will with would you your""".split()
)
"""Stop words: they are neither indexed nor searched for."""
_MANY = 1000
"""In larger collections, a word in a larger share of the cases than..."""
_COMMON = 0.5
"""...this is a stop word, too: its list would be long, and tell little."""
_NUMBERS = 2500
"""How many numbers a shard of words may hold, about..."""
_PAIRED = 1500
"""...and a shard of pairs, with their words: less, since pairs are fetched besides."""
_FULL = 32
_SATURATION = 4.0
"""BM25's k1, for sums of weights: so much gives half the full strength, in a case of average length."""
_TYPICAL = 1500
"""Words of a case, about."""
_LENGTH = 0.5
"""BM25's b: how much longer cases are held back."""
_OPEN = str.maketrans(
    {mark: None if mark == "'" else " " for mark in punctuation + whitespace if mark not in "-,."}
)
_UNSEEN = 5
"""The weight of words that no reader sees in the case: nobody means them in quotation marks."""
_END = "\x01"
_COMBINING = re.compile("[\u0300-\u036f]")
_OTHERS = re.compile(r"[^\w\s,.-]|_")
_UNIT = re.compile(r" (?<=[0-9] )(?=(?:million|billion|thousand|bn|mn|m|k)\b)")
_FIGURE = re.compile("([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})([.][0-9]+)?(million|billion|thousand|bn|mn?|k)?")
_TIMES = {"k": 10**3, "t": 10**3, "m": 10**6, "b": 10**9}
"""By the first letter of what follows a figure."""
_PARTS = re.compile(r"[^\W\d_]+|[0-9]+")
_MARKS = re.compile(r"\[\^[^\]\n]{0,100}\]|\]\([^)\n]{0,500}\)")
"""Markup that is not indexed: citations, and the targets of links."""
Postings = dict[str, "array[int]"]
Pairs = dict[str, dict[str, "array[int]"]]


def indexes(catalogue: Catalogue) -> Iterator[SiteFile]:
    """Yield facets.json, words.json, spellings.json and the files of words and pairs."""
    stamp = search_edition(catalogue)
    yield stamped("find/facets.json", stamp, {"values": _values(catalogue)} | _orders(catalogue))
    yield stamped("find/slugs.json", stamp, {"slugs": [case.slug for case in catalogue.cases]})
    number = len(catalogue.cases)
    postings, pairs = _index(catalogue)
    most = number * (_COMMON if number > _MANY else 1)
    common = _SMALL | {word for word, found in postings.items() if len(found) // 2 > most}
    words = {word: postings[word] for word in sorted(postings.keys() - common)}
    shards = divide(words, len, _NUMBERS)
    beside = {word: {next: at for next, at in pairs[word].items() if next in words} for word in words}
    paired = divide(beside, lambda after: len(after) + sum(map(len, after.values())), _PAIRED)
    about = {"cases": number, "words": list(shards), "pairs": list(paired)}
    about |= {"common": sorted(common), "thesaurus": catalogue.thesaurus}
    yield stamped("find/words.json", stamp, about)
    yield stamped("find/spellings.json", stamp, {"words": list(words)})
    for name, shard in shards.items():
        yield stamped(f"find/words/{name}.json", stamp, {"words": shard})
    for name, after in paired.items():
        found = {word: {next: _distances(at) for next, at in nexts.items()} for word, nexts in after.items()}
        yield stamped(f"find/pairs/{name}.json", stamp, {"pairs": found})


def search_edition(catalogue: Catalogue) -> str:
    """Return a hash of all that the files are generated from."""
    made_from = json.dumps([_FORMAT, _values(catalogue), catalogue.thesaurus])
    digest = blake2b(made_from.encode(), digest_size=8)
    for case in catalogue.cases:
        texts = (text for _, text in _weighted(case, catalogue))
        digest.update("\0".join((case.slug, *texts, "")).encode())
    return digest.hexdigest()


def fold(text: str) -> list[str]:
    """Return the tokens of a text in lower case, without accents and apostrophes, as find/words.js does.

    `_END` stands where a sentence ends, or one of several texts.
    """
    plain = text.lower()
    if not plain.isascii():
        plain = plain.replace("’", "").replace("£", " ").replace("–", " ").replace("“", " ").replace("”", " ")
        if not plain.isascii():
            plain = _OTHERS.sub(" ", _COMBINING.sub("", unicodedata.normalize("NFKD", plain)))
    plain = plain.translate(_OPEN).replace(", ", " ").replace(". ", f" {_END} ")
    return _UNIT.sub("", plain).split()


def words_of(token: str) -> tuple[str, ...]:
    """Return a token as one word, and then the parts of a compound, as find/words.js does.

    A figure is its number: 1.2m is 1200000. Co-operative is cooperative, co, operative; s114 is s114, s, 114.
    """
    if token.isalpha():
        return (token,)
    if figure := _FIGURE.fullmatch(token):
        return (_number(*figure.groups()),)
    if "," in token or "." in token:
        return tuple(chain.from_iterable(map(words_of, filter(None, re.split("[,.]", token)))))
    parts = _PARTS.findall(token)
    return (token.replace("-", ""), *(parts if len(parts) > 1 else ()))


def _number(whole: str, decimals: str | None, unit: str | None) -> str:
    value = float(f"{whole.replace(',', '')}{decimals or ''}") * (_TIMES[unit[0]] if unit else 1)
    return str(round(value)) if value == round(value) else f"{value:.10g}"


def _orders(catalogue: Catalogue) -> dict[str, Any]:
    outcomes: dict[str, list[int]] = defaultdict(list)
    for number, case in enumerate(catalogue.cases):
        for pair in sorted({f"{outcome.result.id} {outcome.evidence.id}" for outcome in case.outcomes}):
            outcomes[pair].append(number)
    first = min((case.added for case in catalogue.cases), default=None)
    return {
        "outcomes": {pair: _distances(numbers) for pair, numbers in sorted(outcomes.items())},
        "added": [(case.added - first).days for case in catalogue.cases if first],
    }


def _values(catalogue: Catalogue) -> dict[str, dict[str, list[int]]]:
    facets = facets_of(catalogue)
    return {facet.id: {option.id: _distances(option.cases) for option in facet.options} for facet in facets}


def _weighted(case: CaseStudy, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """Yield each text of the case, with the weight of a word in it."""
    yield 8, case.title
    terms = _terms(case, catalogue).values()
    yield 6, f" {_END} ".join((*(term.title for term in terms), *(partner.name for partner in case.partners)))
    yield _UNSEEN, f" {_END} ".join(chain.from_iterable(term.aliases for term in terms))
    yield 4, case.summary
    told: Iterable[Any] = chain(case.answers, case.deeds, case.agreed, case.updates, case.replies)
    yield 2, f" {_END} ".join(passage.text for passage in told)
    claims: Iterable[Any] = chain(case.outcomes, case.outputs, case.costs)
    yield 2, f" {_END} ".join(claim.what for claim in claims)
    yield 1, f" {_END} ".join(_around(case))
    yield 1, _MARKS.sub(" ", case.body)


def _terms(case: CaseStudy, catalogue: Catalogue) -> dict[str, Term]:
    """Every term by whose name a reader may search for the case, by path."""
    current = chain.from_iterable(catalogue.successors(council) for council in case.councils)
    answered = (answer.term for answer in case.answers)
    terms: Iterable[Term] = chain(answered, case.themes, case.powers, case.councils, current)
    return {term.path: term for term in terms}


def _around(case: CaseStudy) -> Iterator[str]:
    """Yield where the case is, what it cost, and who wrote of it."""
    for council in case.councils:
        yield from (council.nation.title, council.area.title, council.kind.title)
    for cost in case.costs:
        yield from (str(sum) for sum in (cost.gbp, cost.gbp_from, cost.gbp_to) if sum is not None)
    if case.effort:
        yield from (case.effort.staff, case.effort.volunteers)
    for source in case.sources:
        yield from (source.title, source.publisher)


class _Words(dict[str, tuple[str, ...]]):
    """The words of each token that has been met, without stop words."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        telling = (word for word in words_of(token) if len(word) > 1 or word == _END)
        self[token] = found = tuple(word for word in telling if word not in _SMALL)
        return found


def _index(catalogue: Catalogue) -> tuple[Postings, Pairs]:
    """Return cases and strengths by word, as flat lists, and cases by pair."""
    words = _Words()
    numbers = partial(array, "I")  # a list takes twice the memory
    postings: Postings = defaultdict(numbers)
    pairs: Pairs = defaultdict(partial(defaultdict, numbers))
    last: dict[str, int] = {}
    for number, case in enumerate(catalogue.cases):
        weighed: list[str] = []  # each word as many times as it weighs
        beside: dict[tuple[str, str], None] = {}
        length = 0
        for weight, text in _weighted(case, catalogue):
            found = [*filter(None, map(words.__getitem__, fold(text)))]
            every = [*chain.from_iterable(found)]
            length += len(found)
            weighed += every * weight
            if weight == _UNSEEN:
                continue
            beside.update(dict.fromkeys(pairwise([forms[0] for forms in found])))
            for forms in found if len(every) > len(found) else ():
                beside.update(dict.fromkeys(pairwise(forms[1:])))
        weights = Counter(weighed)
        del weights[_END]
        half = _SATURATION * (1 - _LENGTH + _LENGTH * length / _TYPICAL)
        strengths = {weight: round(_FULL * weight / (weight + half)) or 1 for weight in {*weights.values()}}
        for word, weight in weights.items():
            postings[word].extend((number - last.get(word, 0), strengths[weight]))
            last[word] = number
        for first, second in beside:
            pairs[first][second].append(number)
    return postings, pairs


def _distances(numbers: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise((0, *numbers))]

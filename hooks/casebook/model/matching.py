"""Suggests terms for text that is not in a vocabulary. Suggestions are hints, never corrections."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from casebook.model.models import Council, Term

MAX_SUGGESTED = 3
OWN = 3
"""So many of a term's names are its own, the id first; the others are aliases."""
MOST_MEANT = 6
GENERIC = frozenset(
    """and bc borough bwrdeistref cbc cc city comhairle corporation council county cyngor dc dinas district lb
    lbc london mbc mdc metropolitan of rbc royal sir sirol the ua unitary upon""".split()
)
"""Words that are ignored when comparing names of councils."""
_NUMBER = re.compile(r"(?:q|question )?\d+")


def nearest(typed: str, terms: Collection[Term]) -> tuple[str, ...]:
    """Return up to three ids, the likeliest first: by name or alias, by prefix, by similarity."""
    ordered = by_likelihood(terms)
    names = [(_without_generic(_folded(name)), term.id) for term in ordered for name in names_of(term)]
    short = _without_generic(_folded(typed))
    if known := meant(typed, terms):
        return _ids([*(id for name, id in names if short and name == short), *known])
    begins = _ids(id for name, id in names if len(short) > 3 and name.startswith(short))
    return _ids([*begins, *_alike(short, names)])


def matches(typed: str, terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the ids of all terms that match part of a name.

    If a whole name or id matches, only its terms; else every term with the text at the start of a word.
    """
    wanted = _folded(typed)
    names = [(_folded(name), term.id) for term in by_likelihood(terms) for name in names_of(term)]
    exact = [id for name, id in names if wanted and name == wanted]
    begun = [id for name, id in names if wanted and f" {wanted}" in f" {name}"]
    return tuple(dict.fromkeys(exact or begun))


def meant(typed: str, terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the ids of the terms that the text names, of which the only one is sure.

    What is the own name of one, or else every term that is called so, or whose name begins with these words,
    "council" and the like aside. An abolished council comes with its successors: it is never sure.
    docs/assets/js/names/meaning.js does the same.
    """
    terms = by_likelihood(terms)
    wanted, short = _folded(typed), _without_generic(_folded(typed))
    names = {term: [_folded(name) for name in names_of(term)] for term in terms}
    found = [term for term in terms if wanted in names[term][:OWN]]
    if not found and short:
        found = [term for term in terms if _is_called(names[term], short, wanted)]
    if len(found) > MOST_MEANT:
        return ()
    if len(found) == 1 and isinstance(found[0], Council) and found[0].end:
        return (*found[0].successors, found[0].id)
    return tuple(term.id for term in found)


def _is_called(names: list[str], short: str, wanted: str) -> bool:
    """Whether a name begins with the words; that of a combined authority, only if they say so."""
    if "combined" not in wanted and any("combined" in name for name in names):
        return wanted in names
    return any(f"{_without_generic(name)} ".startswith(f"{short} ") for name in names)


def by_likelihood(terms: Iterable[Term]) -> list[Term]:
    """Return the terms with abolished councils last: they are rarely meant."""
    return sorted(terms, key=lambda term: bool(getattr(term, "end", None)))


def names_of(term: Term) -> tuple[str, ...]:
    """Return the names of the term that an author may type, with its id."""
    official = (term.official_name,) if isinstance(term, Council) else ()
    numbers = (f"{n}", f"q{n}", f"question {n}") if (n := getattr(term, "number", 0)) else ()
    return (term.id, term.title, *official, *numbers, *term.aliases)


def _alike(short: str, names: list[tuple[str, str]]) -> Iterator[str]:
    """By a slip of the pen alone, which is neither in the first letter nor in a question's number."""
    ids: dict[str, list[str]] = {}
    for name, id in names:
        if short and name[:1] == short[0] and not _NUMBER.fullmatch(name):
            ids.setdefault(name, []).append(id)
    for name in difflib.get_close_matches(short, ids, n=MAX_SUGGESTED, cutoff=0.8):
        yield from ids[name]


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))[:MAX_SUGGESTED]


@lru_cache(maxsize=10_000)  # the same names recur for every unknown word
def _folded(text: str) -> str:
    """Lower case, no accents or apostrophes, "&" as "and", one space between words."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub("['\u2019]", "", letters.lower())))


def _without_generic(name: str) -> str:
    return " ".join(word for word in name.split() if word not in GENERIC)

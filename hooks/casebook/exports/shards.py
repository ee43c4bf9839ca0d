"""Words in files small enough to fetch while the reader types, in a collection of any size.

A shard has the words whose stems begin with its name, less those of a longer name. It is divided by one more
letter as long as it holds too much; the words of one stem stay together. find/shards.js finds a word's shard.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

_PLAIN = re.compile("[a-z0-9]+")
_OTHERS = "_"
"""The name of the shard of words that would make no plain file name."""
_Y = re.compile("(ies|(?<![aeiou])y)$")
_ENDING = re.compile("(?<=...)(ing|ed|es|s|e)$")
T = TypeVar("T")


def stem(word: str) -> str:
    """Return a word without the ending of a plural or a verb, as find/words.js does."""
    return _ENDING.sub("", _Y.sub("i", word))


def divide(words: Mapping[str, T], size: Callable[[T], int], most: int) -> dict[str, dict[str, T]]:
    """Return shards of words by name. None holds more than `most`, unless more letters can't help."""
    stems = {word: stem(word) for word in words}
    sizes = {word: size(about) for word, about in words.items()}

    def shards(name: str, held: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        longer: dict[str, list[str]] = defaultdict(list)
        for word in held:
            longer[stems[word][: len(name) + 1]].append(word)
        for start, those in longer.items():
            if start == name or sum(sizes[word] for word in those) <= most:
                yield start, those
            else:
                yield from shards(start, those)

    plain = {word: None for word in words if _PLAIN.fullmatch(stems[word])}
    found = dict(shards("", plain))
    if others := [word for word in words if word not in plain]:
        found[_OTHERS] = others
    return {name: {word: words[word] for word in found[name]} for name in sorted(found)}

"""Words divided among files."""

import re

import pytest

from casebook.exports.shards import divide, stem


@pytest.mark.parametrize(
    ("word", "root"),
    {
        "baths": "bath",
        "bathing": "bath",
        "buses": "bus",
        "bus": "bus",
        "policies": "polici",
        "policy": "polici",
        "play": "play",
        "coed": "coed",
        "s": "s",
    }.items(),
)
def test_the_endings_of_plurals_and_verbs_are_left_out(word, root):
    assert stem(word) == root


def test_a_shard_is_divided_while_it_holds_too_much_and_words_of_one_stem_stay_together():
    words = dict.fromkeys(["bath", "baths", "bathing", "bat", "barn", "zoo", "café", "other"], 2)
    assert divide(words, int, 4) == {
        "_": {"café": 2},
        "bar": {"barn": 2},
        "bat": {"bat": 2},
        "bath": {"bath": 2, "baths": 2, "bathing": 2},
        "o": {"other": 2},
        "z": {"zoo": 2},
    }


def test_no_shard_holds_what_belongs_to_a_longer_one():
    words = {f"{start}{end}": 1 for start in ("com", "con", "d") for end in ("", "e", "es", "mon", "munity")}
    shards = divide(words, int, 2)
    assert {word for held in shards.values() for word in held} == words.keys()
    for name, held in shards.items():
        for word in held:
            assert name == max((one for one in shards if stem(word).startswith(one)), key=len)
    assert all(re.fullmatch("[a-z]+", name) for name in shards)

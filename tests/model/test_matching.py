"""What an author may have meant, on the real register: that is what contributors will type at."""

import pytest

from casebook.model.matching import meant, nearest
from casebook.validation import schema
from projects import REAL, meant_councils


@pytest.fixture(scope="module")
def councils():
    loaded, problems = schema.load_schema(REAL)
    assert problems == []
    return loaded.vocabularies["councils"].terms.values()


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Leeds City Council", "leeds"),
        ("leeds", "leeds"),
        ("Westminister City Council", "westminster"),
        ("GMCA", "greater-manchester-combined-authority"),
        ("RBKC", "kensington-and-chelsea"),
        ("BCP", "bournemouth-christchurch-poole"),
        ("Western Isles", "eilean-siar"),
        ("Comhairle nan Eilean Siar", "eilean-siar"),
        ("Shepway", "folkestone-hythe"),
        ("Ynys Mon", "isle-of-anglesey"),
        ("Kings Lynn & West Norfolk", "kings-lynn-and-west-norfolk"),
        ("London Borough of Lambeth", "lambeth"),
        ("Northamptonshire CC", "northamptonshire-county-council"),
        ("Brighton", "brighton-and-hove"),
        ("Bournmouth", "bournemouth"),
        ("Bournemouth", "bournemouth-christchurch-poole"),
        ("Newcastle", "newcastle-under-lyme"),
        ("newcastle", "newcastle-upon-tyne"),
    ],
)
def test_names_abbreviations_and_misspellings_find_the_council(councils, typed, id):
    assert id in nearest(typed, councils)[:2]


def test_names_that_are_nearly_alike_are_both_offered(councils):
    assert {"hertfordshire", "herefordshire"} <= set(nearest("Hertforshire", councils))


@pytest.mark.parametrize(
    "typed", ["Frome", "the council", "Borough", "", "Whitby", "Margate", "Cromer", "Hexham", "xyz council", "Paris", "tbc", "none"]
)  # fmt: skip
def test_a_wrong_guess_is_worse_than_none(councils, typed):
    assert nearest(typed, councils) == ()


@pytest.mark.parametrize("typed", ["q11", "11", "question 11", "q0"])
def test_no_other_number_is_a_slip_of_the_pen(typed):
    loaded, _ = schema.load_schema(REAL)
    assert nearest(typed, loaded.vocabularies["questions"].terms.values()) == ()


def test_nonsense_finds_at_most_three(councils):
    assert len(nearest("Atlantis Council", councils)) <= 3


@pytest.mark.parametrize(("typed", "ids"), meant_councils())
def test_a_whole_name_means_one_council_or_those_between_which_only_its_author_can_choose(
    councils, typed, ids
):
    assert list(meant(typed, councils)) == ids


@pytest.mark.parametrize(
    ("typed", "id"), [("1", "capacity"), ("q10", "legal-hurdles"), ("Question 3", "value")]
)
def test_a_question_may_be_named_by_its_number(typed, id):
    loaded, _ = schema.load_schema(REAL)
    assert meant(typed, loaded.vocabularies["questions"].terms.values()) == (id,)

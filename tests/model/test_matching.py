"""What an author may have meant, on the real register: that is what contributors will type at."""

import pytest

from casebook.model.matching import nearest
from casebook.validation import schema
from projects import REAL


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
    ],
)
def test_names_abbreviations_and_misspellings_find_the_council(councils, typed, id):
    assert id in nearest(typed, councils)[:2]


def test_names_that_are_nearly_alike_are_both_offered(councils):
    assert {"hertfordshire", "herefordshire"} <= set(nearest("Hertforshire", councils))


def test_nonsense_finds_at_most_three(councils):
    assert len(nearest("Atlantis Council", councils)) <= 3

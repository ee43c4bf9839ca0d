"""The council register: the rules that catch every fault found in public registers, and its facts."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest

from casebook.validation import schema
from projects import REAL, TODAY

PREFIXES = {
    "unitary": "E06",
    "district": "E07",
    "metropolitan": "E08",
    "london-borough": "E09",
    "county": "E10",
    "strategic": "E47 E61",
    "scottish": "S12",
    "welsh": "W06",
    "northern-irish": "N09",
}


@pytest.fixture(scope="module")
def councils():
    loaded, problems = schema.load_schema(REAL)
    assert problems == []
    return tuple(loaded.vocabularies["councils"].terms.values())


def in_being(councils):
    return [c for c in councils if (not c.end or c.end >= TODAY) and (not c.start or c.start <= TODAY)]


def test_a_reorganisation_changes_these_counts_on_purpose(councils):
    assert Counter(council.kind.id for council in in_being(councils)) == {
        "unitary": 63,
        "district": 164,
        "metropolitan": 36,
        "london-borough": 33,
        "county": 21,
        "scottish": 32,
        "welsh": 22,
        "northern-irish": 11,
        "strategic": 20,
    }
    assert sum(bool(council.end and council.end < TODAY) for council in councils) == 113
    assert sorted(c.id for c in councils if c.end and c.end >= TODAY) == [
        "elmbridge",
        "epsom-and-ewell",
        "guildford",
        "mole-valley",
        "reigate-and-banstead",
        "runnymede",
        "spelthorne",
        "surrey",
        "surrey-heath",
        "tandridge",
        "waverley",
        "woking",
    ]
    assert sorted(c.id for c in councils if c.start and c.start > TODAY) == ["east-surrey", "west-surrey"]


def test_codes_and_tiles_belong_to_one_council_each(councils):
    codes = Counter(council.gss for council in in_being(councils) if council.gss)
    tiles = Counter(council.hex for council in in_being(councils) if council.hex)
    assert [code for code, count in codes.items() if count > 1] == []
    assert [tile for tile, count in tiles.items() if count > 1] == []
    assert len(tiles) == 361


def test_a_code_fits_its_kind(councils):
    wrong = [
        (council.id, council.gss)
        for council in councils
        for code in (council.gss, *council.former_gss)
        if code and not code.startswith(tuple(PREFIXES[council.kind.id].split()))
    ]
    assert wrong == []


def test_the_abolished_have_successors_that_begin_the_day_after(councils):
    by_id = {council.id: council for council in councils}
    for council in councils:
        assert bool(council.end) == bool(council.successors), council.id
        for successor in council.successors:
            assert by_id[successor].start == council.end + timedelta(days=1), council.id


def test_a_council_to_come_has_predecessors(councils):
    succeeded = {id for council in councils for id in council.successors}
    assert [c.id for c in councils if c.start and c.start > TODAY and c.id not in succeeded] == []


def test_what_a_place_is_like_is_known_of_every_principal_council_in_being(councils):
    unknown = [
        council.id
        for council in in_being(councils)
        if council.kind.id != "strategic"
        and not (council.population and council.rural_urban and council.deprivation)
    ]
    assert unknown == []


def test_no_line_of_successors_comes_round_again(councils):
    by_id = {council.id: council for council in councils}
    for council in councils:
        line = list(council.successors)
        for id in line:
            assert id != council.id
            line += [heir for heir in by_id[id].successors if heir not in line]


def test_days_lie_within_the_age_of_councils(councils):
    days = [day for council in councils for day in (council.start, council.end) if day]
    assert date(1889, 1, 1) <= min(days)
    assert max(days) < date(2036, 1, 1)


def test_england_has_regions_and_the_other_nations_have_none(councils):
    for council in councils:
        assert bool(council.region) == (council.nation.id == "england"), council.id


def test_an_alias_is_not_another_councils_name(councils):
    names = {n.casefold(): c.id for c in in_being(councils) for n in (c.id, c.title, c.official_name)}
    for council in councils:
        for alias in council.aliases:
            assert names.get(alias.casefold(), council.id) == council.id, (council.id, alias)


def test_the_register_agrees_with_the_facts_compiled_for_it(councils):
    with (REAL / "tests/register/councils.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["id"]: row for row in csv.DictReader(file)}
    assert facts.keys() == {council.id for council in councils}
    for council in councils:
        told = facts[council.id]
        ours = {
            "id": council.id,
            "title": council.title,
            "official_name": council.official_name,
            "kind": council.kind.id,
            "nation": council.nation.id,
            "region": council.region.id if council.region else "",
            "gss": council.gss,
            "former_gss": "; ".join(council.former_gss),
            "start": str(council.start or ""),
            "end": str(council.end or ""),
            "successors": "; ".join(council.successors),
        }
        other_names = filter(None, told.pop("other_names").split("; "))
        known = {name.casefold() for name in (council.title, council.official_name, *council.aliases)}
        assert {name.casefold() for name in other_names} <= known, council.id
        assert ours == told, council.id
